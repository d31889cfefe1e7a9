package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The room that a request leaves for login cookies: 8,192 bytes less what everything else has. */
@Tag("case-33")
@Tag("case-125")
class HeaderBudgetTest {
  private static HeaderBudget of(FakeRequest request) {
    return HeaderBudget.of(
        request.http(), HostLogins.of(request.http(), Instant.ofEpochSecond(1_000_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "60, 700, 300, 2048, most",
    "60, 700, 2816, 2048, the last byte that takes nothing away",
    "60, 700, 2817, 2047, one byte more of foreign cookies",
    "2048, 700, 2817, 2047, an address as long as one to expect",
    "2049, 700, 2817, 2046, one byte more of the address",
    "60, 1024, 2817, 2047, other fields as long as those to expect",
    "60, 1025, 2817, 2046, one byte more of other fields",
    "60, 700, 4096, 768, four KiB of foreign cookies",
    "60, 700, 4224, 640, the least",
    "60, 700, 6724, 640, the least as long as a callback arrives",
    "60, 700, 6725, 0, a callback would not arrive",
    "60, 700, 7432, 0, the limit",
    "60, 700, 7433, 640, a request above the limit that arrived",
    "7000, 700, 400, 640, a long address says nothing of the callback"
  })
  void theRoomIsWhatTheRequestLeaves(
      int address, int others, int foreign, int room, String because) {
    var budget = new HeaderBudget(address, others, foreign);
    assertThat(budget.room()).as(because).isEqualTo(room);
    assertThat(budget.hasRoom()).isEqualTo(room > 0);
  }

  @Test
  void countsTheRequestLineAndTheReferer() {
    assertThat(of(FakeRequest.get("/shop?a=b")).address())
        .isEqualTo("GET /shop?a=b HTTP/1.1\r\n".length());
    assertThat(of(FakeRequest.get("/shop").header("Referer", "https://a.example/")).address())
        .isEqualTo("GET /shop HTTP/1.1\r\nReferer: https://a.example/\r\n".length());
  }

  @Test
  void countsAllLinesOfOtherFields() {
    var request = FakeRequest.get("/").header("Accept", "text/html");
    assertThat(of(request).others()).isEqualTo("Accept: text/html\r\n".length());
    request.header("Accept", "image/png").header("Referer", "x").header("Cookie", "a=b");
    assertThat(of(request).others())
        .isEqualTo("Accept: text/html\r\nAccept: image/png\r\n".length());
  }

  @Test
  void countsForeignCookiesAndThoseThatContainersDoNotShow() {
    var request = FakeRequest.get("/").header("Cookie", "a=b; odd cookie; c=\u00e4");
    assertThat(of(request).foreign()).isEqualTo("Cookie: a=b; odd cookie; c=x\r\n".length());
    request.header("Cookie", "gatehouse-abc-0123456789=5.x; gatehouse-abc-tries=1");
    assertThat(of(request).foreign())
        .isEqualTo("Cookie: a=b; odd cookie; c=x\r\nCookie: gatehouse-abc-tries=1\r\n".length());
  }

  /** An answer has a limit, too, and the address of the authorization server is in the answer. */
  @Test
  void cookiesFitIntoAnAnswerBesideItsLocation() {
    var response = new FakeResponse();
    assertThat(HeaderBudget.fits(response.http(), 2048)).isTrue();
    response.http().setHeader("Location", "x".repeat(3320));
    assertThat(HeaderBudget.fits(response.http(), 2048)).isTrue();
    response.http().setHeader("Location", "x".repeat(3321));
    assertThat(HeaderBudget.fits(response.http(), 2048)).isFalse();
  }
}
