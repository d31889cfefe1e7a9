package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the jar once more in another directory, and compares the bytes. */
@Tag("reproducible")
class ReproducibleIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir")).getParent();

  private static void copy(String path, Path target) throws IOException {
    try (var files = Files.walk(ROOT.resolve(path))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = target.resolve(ROOT.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void aBuildInAnotherDirectoryGivesTheSameJarAndBillOfMaterials(@TempDir Path directory)
      throws Exception {
    var elsewhere = directory.resolve("a longer path/than the other");
    for (var path : List.of("pom.xml", ".mvn", "mvnw", "filter/pom.xml", "filter/src/main")) {
      copy(path, elsewhere);
    }
    var build =
        new ProcessBuilder(
                "sh",
                "mvnw",
                "-B",
                "-q",
                "-f",
                "filter/pom.xml",
                "-Dmaven.test.skip=true",
                "-Dspotless.check.skip=true",
                "package")
            .directory(elsewhere.toFile())
            .inheritIO()
            .start();
    try {
      assertThat(build.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      build.destroy();
    }
    assertThat(build.exitValue()).isZero();
    for (var file : List.of(System.getProperty("jar"), System.getProperty("sbom"))) {
      var here = Path.of(file);
      var there = elsewhere.resolve("filter/target").resolve(here.getFileName());
      assertThat(Files.mismatch(here, there)).as(here.getFileName() + " differs at").isEqualTo(-1);
    }
  }
}
