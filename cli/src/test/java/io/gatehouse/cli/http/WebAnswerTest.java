package io.gatehouse.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAnswerTest {

  // Sent at 12:00:00.5 and received at 12:00:00.8; Date has whole seconds (RFC 9110 6.6.1).
  @ParameterizedTest
  @CsvSource({
    "Thu@ 26 Nov 2026 12:00:00 GMT, 0",
    "Thu@ 26 Nov 2026 11:59:59 GMT, -1500",
    "Thu@ 26 Nov 2026 12:00:01 GMT, 200",
    "Thu@ 26 Nov 2026 11:58:00 GMT, -120500",
    "Thu@ 26 Nov 2026 12:05:00 GMT, 299200"
  })
  void tellsHowFarTheSendersClockIsAhead(String date, long milliseconds) {
    var answer = Answers.of(200, "{}", "Date", date.replace("@", ","));

    assertThat(answer.clockAhead()).contains(Duration.ofMillis(milliseconds));
  }

  @Test
  void tellsNothingOfTheClockWithoutADate() {
    assertThat(Answers.of(200, "{}").clockAhead()).isEmpty();
    assertThat(Answers.of(200, "{}", "Date", "yesterday").clockAhead()).isEmpty();
  }

  @Test
  void saysInShortWhatItIs() {
    assertThat(Answers.of(404, "", "Content-Type", "text/plain").inShort())
        .isEqualTo("404 with text/plain");
    assertThat(Answers.of(200, "\n<!doctype html>").inShort()).isEqualTo("200 with a page of HTML");
    assertThat(Answers.of(302, "", "Location", "https://a.example/x?code=secret#f").inShort())
        .isEqualTo("302, a redirect to https://a.example/x");
  }

  @Test
  void isJsonOnlyIfItIsOneObject() {
    assertThat(Answers.of(200, "{\"a\":1}").json().map(it -> it.getInt("a")))
        .isEqualTo(Optional.of(1));
    assertThat(Answers.of(200, "{\"a\":1,\"a\":2}").json()).isEmpty();
    assertThat(Answers.of(200, "[]").json()).isEmpty();
    assertThat(Answers.of(200, "").json()).isEmpty();
  }
}
