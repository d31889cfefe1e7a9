package io.gatehouse.cli.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.http.Answers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "0, REFUSED",
    "101, PAGE",
    "200, PAGE",
    "204, PAGE",
    "206, PAGE",
    "304, PAGE",
    "302, REDIRECT",
    "400, REFUSED",
    "401, LOGIN",
    "403, REFUSED",
    "404, NOT_FOUND",
    "405, REFUSED",
    "410, NOT_FOUND",
    "500, ERROR",
    "501, REFUSED",
    "502, ERROR",
    "503, UNAVAILABLE",
    "505, REFUSED"
  })
  void isByStatus(int status, Verdict verdict) {
    assertThat(Verdict.of(Answers.of(status, ""))).isEqualTo(verdict);
  }

  @Test
  void isALoginOnlyByARedirectToAnAuthorizationEndpoint() {
    var authorize = "https://login.example/authorize?response_type=code&client_id=shop";

    assertThat(Verdict.of(Answers.of(302, "", "Location", authorize))).isEqualTo(Verdict.LOGIN);
    assertThat(Verdict.of(Answers.of(200, "", "Location", authorize))).isEqualTo(Verdict.PAGE);
    assertThat(Verdict.of(Answers.of(302, "", "Location", "https://a.example/client_id=")))
        .isEqualTo(Verdict.REDIRECT);
  }
}
