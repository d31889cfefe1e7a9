package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
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

    Advisory later(Advisory other) {
      return other.hasBegun(new ComparableVersion(introduced)) ? this : other;
    }

    boolean hasBegun(ComparableVersion version) {
      return version.compareTo(new ComparableVersion(introduced)) >= 0;
    }

    boolean isOver(ComparableVersion version) {
      return !fixed.isEmpty() && version.compareTo(new ComparableVersion(fixed)) >= 0;
    }
  }

  private static List<Advisory> advisories() throws Exception {
    return Files.readAllLines(Path.of(System.getProperty("advisories"))).stream()
        .map(Advisory::of)
        .toList();
  }

  private static List<String> found(String dependency, String version) throws Exception {
    var comparable = new ComparableVersion(version);
    // The export lacks the ends of branches that were never fixed: the last that begins decides.
    var deciding = new TreeMap<String, Advisory>();
    for (var it : advisories()) {
      if (it.artifact().equals(dependency) && it.hasBegun(comparable)) {
        deciding.merge(it.id(), it, Advisory::later);
      }
    }
    return deciding.values().stream()
        .filter(it -> !it.isOver(comparable))
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
    assertThat(found("com.hazelcast:hazelcast", "5.3.4"))
        .containsExactly(
            "CVE-2023-45859 com.hazelcast:hazelcast:5.3.4",
            "CVE-2023-45860 com.hazelcast:hazelcast:5.3.4");
  }
}
