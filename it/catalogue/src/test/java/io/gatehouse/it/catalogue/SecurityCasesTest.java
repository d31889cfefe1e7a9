package io.gatehouse.it.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every case of docs/security-cases.md has a test, and every tag of a test names a case. With
 * {@code -Dcases.update=true} the names of the classes are written; otherwise the page must already
 * contain them.
 */
class SecurityCasesTest {
  private static final Path PROJECT = Path.of(System.getProperty("project.directory", "../.."));
  private static final Path DOCUMENT = PROJECT.resolve("docs/security-cases.md");
  private static final int CASES = 133;
  private static final String UPDATE =
      "./mvnw -pl it/catalogue test -Dcases.update=true writes the classes";

  private final Catalogue catalogue = Catalogue.read(DOCUMENT);
  private final List<CaseTest> tests = CaseTest.of(PROJECT);

  @Test
  void theCatalogueHasEachCaseOnce() {
    assertThat(catalogue.cases())
        .isEqualTo(IntStream.rangeClosed(1, CASES).mapToObj(String::valueOf).toList());
  }

  @Test
  void theReadmeAndTheChangelogCountThem() throws IOException {
    assertThat(Files.readString(PROJECT.resolve("README.md")))
        .contains("**" + CASES + " documented");
    assertThat(Files.readString(PROJECT.resolve("CHANGELOG.md")))
        .contains("A catalogue of " + CASES + " attacks");
  }

  @Test
  void everyCaseHasATest() {
    assertThat(casesWith(tests)).containsAll(catalogue.cases());
  }

  @Test
  void everyTagNamesACase() {
    assertThat(tests)
        .allSatisfy(it -> assertThat(catalogue.cases()).as(it.name()).containsAll(it.cases()));
  }

  @Test
  void aCaseThatIsAboutContainersHasATestThatRunsOnEach() {
    assertThat(casesWith(tests.stream().filter(CaseTest::isOnEachContainer).toList()))
        .containsAll(casesAt("each container"));
    assertThat(casesWith(testsOf("it/cluster"))).containsAll(casesAt("cluster"));
    assertThat(Set.copyOf(catalogue.places().values()))
        .isEqualTo(Set.of("each container", "cluster", "once"));
  }

  @Test
  void theClassesOfTheTestsStandInTheDocument() throws IOException {
    var shownBy = catalogue.shownBy(tests);
    if (Boolean.getBoolean("cases.update")) {
      Files.write(DOCUMENT, shownBy);
      return;
    }
    assertThat(catalogue.lines()).as(UPDATE).isEqualTo(shownBy);
  }

  private List<CaseTest> testsOf(String module) {
    return tests.stream().filter(it -> it.module().equals(module)).toList();
  }

  private static Set<String> casesWith(List<CaseTest> tests) {
    return tests.stream()
        .flatMap(it -> it.cases().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<String> casesAt(String place) {
    return catalogue.cases().stream()
        .filter(it -> place.equals(catalogue.places().get(it)))
        .toList();
  }
}
