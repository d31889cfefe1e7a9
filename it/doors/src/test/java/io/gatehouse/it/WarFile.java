package io.gatehouse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/** A copy of a WAR to be changed before it is deployed. */
record WarFile(Path path) {
  static WarFile copy(Path source, Path target) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
      return new WarFile(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file, or replaces it. */
  WarFile with(String entry, String text) {
    try (var war = FileSystems.newFileSystem(path)) {
      var file = war.getPath(entry);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the text of a file that is there. */
  WarFile changed(String entry, UnaryOperator<String> change) {
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

  /** Takes a file away, if it is there. */
  WarFile without(String entry) {
    try (var war = FileSystems.newFileSystem(path)) {
      Files.deleteIfExists(war.getPath(entry));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
