package io.gatehouse.cli.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.doors.Comparison.Absence;
import io.gatehouse.cli.http.Answers;
import io.gatehouse.cli.output.Findings;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = new Comparison();

  private String text() {
    var findings = new Findings();
    comparison.report(findings, "door", "none passes", "Change the setting");
    return findings.toText(false);
  }

  private void add(int status, Absence absence) {
    comparison.add("GET /x", Answers.of(status, ""), absence);
  }

  @Test
  void isWellWhereEachRequestAsksForALoginOrIsRefused() {
    add(401, Absence.PASSED);
    add(400, Absence.PASSED);
    add(302, Absence.PASSED);
    add(404, Absence.HELD);

    assertThat(text()).startsWith("ok    door: none passes (4 requests)\n");
  }

  @Test
  void failsWithTheRemedyWhereAPageIsServed() {
    add(401, Absence.PASSED);
    add(200, Absence.HELD);

    assertThat(text())
        .startsWith(
            "fail  door: open without a login: GET /x answers 200\n      -> Change the setting");
  }

  @Test
  void failsByAnAbsentPathWhereTheGuardWouldHaveAskedFirst() {
    add(404, Absence.PASSED);

    assertThat(text()).startsWith("fail  door: open without a login: GET /x answers 404");
  }

  @Test
  void warnsOfWhatIsUnclear() {
    add(404, Absence.UNCLEAR);

    assertThat(text()).startsWith("warn  door: may have passed the guard: GET /x answers 404");
  }

  @Test
  void warnsOfAnErrorWhichTheApplicationMayHaveMade() {
    add(500, Absence.HELD);

    assertThat(text()).startsWith("warn  door: may have passed").contains("Change the setting");
  }

  @Test
  void namesThreeAndCountsTheOthers() {
    for (int i = 0; i < 5; i++) {
      add(200, Absence.HELD);
    }

    assertThat(text()).contains("GET /x answers 200; and 2 more").containsOnlyOnce("more");
  }
}
