package io.gatehouse.it.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every test of a security case was green in this build, in each required place. */
class SecurityCasesIT {
  private static final Path PROJECT = Path.of(System.getProperty("project.directory", "../.."));
  private static final Set<String> CONTAINERS = Set.of("payara-micro", "wildfly", "tomcat-10.1");

  private final Catalogue catalogue = Catalogue.read(PROJECT.resolve("docs/security-cases.md"));
  private final Reports reports = Reports.of(PROJECT);
  private final List<CaseTest> tests =
      CaseTest.of(PROJECT).stream().filter(it -> !it.isOfProfile() && !isSkipped(it)).toList();

  private static boolean isSkipped(CaseTest test) {
    return Boolean.getBoolean("unit.tests.skipped") && !test.outerClass().endsWith("IT");
  }

  @Test
  void everyTestOfACaseWasGreen() {
    assertThat(reports.red()).isEmpty();
    assertThat(tests)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(reports.greenRunsOf(it)).as(it.name()).isNotEmpty());
  }

  @Test
  void aCaseThatIsAboutContainersWasGreenOnEach() {
    for (var number : catalogue.cases()) {
      if (!"each container".equals(catalogue.places().get(number))) {
        continue;
      }
      var containers = new TreeSet<String>();
      tests.stream()
          .filter(it -> it.isOnEachContainer() && it.cases().contains(number))
          .forEach(it -> containers.addAll(reports.greenRunsOf(it)));
      assertThat(containers).as("case " + number).containsAll(CONTAINERS);
    }
  }
}
