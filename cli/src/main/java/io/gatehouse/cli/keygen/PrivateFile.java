package io.gatehouse.cli.keygen;

import io.gatehouse.cli.output.CannotDoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** A file that only its owner can read, from the moment of its creation. */
public final class PrivateFile {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final boolean unprotected;

  /**
   * Names the file, without creating it.
   *
   * @param unprotected whether the file may be written to a file system that has no owner's
   *     permissions
   */
  public PrivateFile(Path path, boolean unprotected) {
    this.path = path.toAbsolutePath();
    this.unprotected = unprotected;
  }

  /** Returns the value for {@code gatehouse.signing-key}. */
  String location() {
    return path.toUri().toString().replaceFirst("^file:///", "file:/");
  }

  /**
   * Writes a new file.
   *
   * @throws CannotDoException if the file exists already or cannot be created
   */
  void create(String content) {
    write(path, content);
  }

  /** Replaces a file that may exist; never writes into the existing file, since it may be open. */
  void replace(String content) {
    var successor = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    write(successor, content);
    try {
      Files.move(successor, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(successor);
      throw cannot(path, e);
    }
  }

  private void write(Path target, String content) {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(target, options, attributes(target))) {
      var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw new CannotDoException(
          target + " exists and is left as it is. Name another file, or say --force");
    } catch (IOException e) {
      throw cannot(target, e);
    }
  }

  private FileAttribute<?>[] attributes(Path target) {
    var rights =
        Files.getFileAttributeView(target.resolveSibling("."), PosixFileAttributeView.class);
    if (rights != null) {
      return new FileAttribute<?>[] {OWNER_ONLY};
    }
    if (unprotected) {
      return new FileAttribute<?>[0];
    }
    throw new CannotDoException(
        "The file system of "
            + target
            + " has no owner's rights, so others could read the key. Choose another place, or, if"
            + " its directory is protected otherwise, say --unprotected");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw cannot(file, e);
    }
  }

  // The message of an IOException is often only the file's name.
  private static CannotDoException cannot(Path file, IOException e) {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      return new CannotDoException(
          file + " cannot be written: there is no folder " + folder + ". Make it first");
    }
    return new CannotDoException(
        file + " cannot be written (" + e.getClass().getSimpleName() + ")");
  }
}
