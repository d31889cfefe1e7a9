package io.gatehouse.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory for one run of the stand-in, which only its owner can read: the key is in it. */
record TemporaryFiles(Path directory) implements AutoCloseable {
  private static final String STAND_IN = "/META-INF/gatehouse/verifier-standin.jar";

  static TemporaryFiles create() {
    try {
      return new TemporaryFiles(Files.createTempDirectory("gatehouse-standin-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The executable jar that our own jar brings. */
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
      // They are in the temporary directory; no test is to fail for them.
    }
  }
}
