package io.gatehouse.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command explains what the configuration requires of a request. */
class PathExplanationTest {
  private static Run explain(String... more) {
    var arguments = new ArrayList<>(List.of("check"));
    for (var parameter :
        new String[] {
          "issuer=https://login.example",
          "client-id=shop",
          "client-secret=a secret of this test that is long enough for HS256",
          "public-url=https://app.example/shop",
          "public-paths=/assets/*,POST:/hook",
          "required-roles=/admin/*=boss"
        }) {
      arguments.addAll(List.of("--init-param", parameter));
    }
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void printsTheOutcomeTheRulesAndTheReadings() {
    var run = explain("--path", "/admin/x;a=b?q=1");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(
            "ok    GET /admin/x;a=b?q=1: requires a login with the role boss, by required-roles"
                + " /admin/*. Readings of the path: ")
        .contains(" /admin/x")
        .doesNotContain("configuration: ");
  }

  @Test
  void takesTheMethodAndSeveralPaths() {
    var run = explain("--path", "/hook", "--path", "/assets/a.css", "--method", "POST");
    assertThat(run.out())
        .contains("POST /hook: is public, by public-paths POST:/hook.")
        .contains("POST /assets/a.css: is public, by public-paths /assets/*.");
    assertThat(explain("--path", "/hook").out())
        .contains("GET /hook: requires a login, since no rule concerns it.");
  }

  @Test
  void aFaultyConfigurationExplainsNothing() {
    var run = Run.of("check", "--path", "/x", "--init-param", "path=no path");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("fail  gatehouse.path: GH133").doesNotContain("GET /x");
  }
}
