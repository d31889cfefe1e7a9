package io.gatehouse.it.servers.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A copy of a WAR that can be changed before it is deployed. */
public record WarFile(Path path) {
  public static WarFile copy(Path source, Path target) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
      return new WarFile(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds or replaces a file. */
  public WarFile with(String entry, String text) {
    try (var war = FileSystems.newFileSystem(path)) {
      var file = war.getPath(entry);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the text of an existing file. */
  public WarFile changed(String entry, UnaryOperator<String> change) {
    try (var war = FileSystems.newFileSystem(path)) {
      var file = war.getPath(entry);
      var before = Files.readString(file);
      var after = change.apply(before);
      if (after.equals(before)) {
        throw new IllegalStateException("nothing to change in " + entry);
      }
      Files.writeString(file, after);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds or replaces a file. */
  public WarFile with(String entry, byte[] content) {
    try (var war = FileSystems.newFileSystem(path)) {
      var file = war.getPath(entry);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes an existing library, which is found by its name without version. */
  public WarFile withLibrary(String name, UnaryOperator<WarFile> change) {
    try (var war = FileSystems.newFileSystem(path)) {
      var library = library(war, name);
      var copy = path.resolveSibling(path.getFileName() + "-" + name + ".jar");
      Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(
          change.apply(new WarFile(copy)).path(), library, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(copy);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes an existing library, which is found by its name without version. */
  public WarFile withoutLibrary(String name) {
    try (var war = FileSystems.newFileSystem(path)) {
      Files.delete(library(war, name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds another copy of an existing library, which is found by its name without version. */
  public WarFile withLibraryTwice(String name) {
    try (var war = FileSystems.newFileSystem(path)) {
      Files.copy(library(war, name), war.getPath("/WEB-INF/lib/" + name + "-copy.jar"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path library(FileSystem war, String name) throws IOException {
    try (var libraries = Files.list(war.getPath("/WEB-INF/lib"))) {
      return libraries
          .filter(it -> it.getFileName().toString().startsWith(name + "-"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no library " + name));
    }
  }

  /** Removes all files whose path, with a leading slash, matches. */
  public WarFile withoutAll(String regex) {
    try (var war = FileSystems.newFileSystem(path);
        var files = Files.walk(war.getPath("/"))) {
      for (var file : files.filter(it -> it.toString().matches(regex)).toList()) {
        Files.delete(file);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the libraries into a directory, for a compiler. */
  public List<Path> libraries(Path directory) {
    try (var war = FileSystems.newFileSystem(path);
        var libraries = Files.list(war.getPath("/WEB-INF/lib"))) {
      Files.createDirectories(directory);
      var copies = new ArrayList<Path>();
      for (var library : libraries.toList()) {
        var copy = directory.resolve(library.getFileName().toString());
        Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
        copies.add(copy);
      }
      return copies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a file, if it exists. */
  public WarFile without(String entry) {
    try (var war = FileSystems.newFileSystem(path)) {
      Files.deleteIfExists(war.getPath(entry));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
