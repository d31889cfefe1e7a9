package io.gatehouse.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A directory for one run of the stand-in. Only its owner can read the directory, because the
 * signing key is in it.
 */
record TemporaryFiles(Path directory) implements AutoCloseable {
  private static final String STAND_IN = "/META-INF/gatehouse/verifier-standin.jar";

  static TemporaryFiles create() {
    try {
      return new TemporaryFiles(Files.createTempDirectory("gatehouse-standin-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the executable jar of the stand-in from this module's jar. */
  Path copyOfStandIn() throws IOException {
    try (var in = TemporaryFiles.class.getResourceAsStream(STAND_IN)) {
      if (in == null) {
        throw new IOException("gatehouse-junit lacks " + STAND_IN + ": it was built without it");
      }
      var copy = directory.resolve("verifier-standin.jar");
      Files.copy(in, copy);
      return copy;
    }
  }

  @Override
  public void close() {
    try (var all = Files.walk(directory)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException leftovers) {
      // The leftovers are in the temporary directory and must not fail a test.
    }
  }
}
