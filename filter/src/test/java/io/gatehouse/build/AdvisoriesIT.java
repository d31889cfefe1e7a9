package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks for what the jar and its tests depend on in an export of known vulnerabilities. */
@Tag("advisories")
class AdvisoriesIT {
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
  private static final Pattern DEPENDENCY =
      Pattern.compile("\\s+([^:\\s]+:[^:\\s]+):jar:(?:[^:]+:)?([^:\\s]+):(\\w+)");

  private record Advisory(String id, String artifact, String introduced, String fixed) {
    static Advisory of(String line) {
      var columns = COMMA.split(line, -1);
      return new Advisory(
          columns[0], columns[3].replace("\"", ""), unquoted(columns[4]), unquoted(columns[5]));
    }

    private static String unquoted(String text) {
      return text.replace("\"", "");
    }

    boolean concerns(String dependency, String version) {
      var it = new ComparableVersion(version);
      return artifact.equals(dependency)
          && it.compareTo(new ComparableVersion(introduced)) >= 0
          && (fixed.isEmpty() || it.compareTo(new ComparableVersion(fixed)) < 0);
    }
  }

  private static List<Advisory> advisories() throws Exception {
    return Files.readAllLines(Path.of(System.getProperty("advisories"))).stream()
        .map(Advisory::of)
        .toList();
  }

  private static List<String> found(String dependency, String version) throws Exception {
    return advisories().stream()
        .filter(it -> it.concerns(dependency, version))
        .map(it -> it.id() + " " + dependency + ":" + version)
        .toList();
  }

  @Test
  void noDependencyHasAKnownVulnerability() throws Exception {
    var list = Files.readString(Path.of(System.getProperty("dependencies")));
    var dependencies = DEPENDENCY.matcher(list).results().toList();
    assertThat(dependencies)
        .extracting(it -> it.group(1))
        .contains("org.bitbucket.b_c:jose4j", "org.slf4j:slf4j-api", "com.hazelcast:hazelcast");
    for (var it : dependencies) {
      assertThat(found(it.group(1), it.group(2))).isEmpty();
    }
  }

  @Test
  void aVersionWithAKnownVulnerabilityIsFound() throws Exception {
    assertThat(found("org.bitbucket.b_c:jose4j", "0.9.3"))
        .containsExactly("CVE-2023-51775 org.bitbucket.b_c:jose4j:0.9.3");
    assertThat(found("org.bitbucket.b_c:jose4j", "0.9.4")).isEmpty();
  }
}
