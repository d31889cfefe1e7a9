package io.gatehouse.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;

/**
 * Verifies the properties of every refusal, whatever its reason; docs/security-cases.md lists them.
 */
public final class Refused {
  private Refused() {}

  /**
   * Verifies that the answer discloses nothing, begins no session, and must not be cached.
   *
   * @param browser the browser that received the answer, and had no session before
   */
  public static void assertRefused(HttpResponse<String> answer, int status, Browser browser) {
    var input = answer.request().uri();
    assertThat(answer.statusCode()).as(input.toString()).isEqualTo(status);
    assertSafe(answer);
    assertThat(browser.cookies(input)).doesNotContainKey("JSESSIONID");
  }

  /** Verifies that the answer discloses nothing, redirects nowhere, and must not be cached. */
  static void assertSafe(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).startsWith("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.body()).doesNotContain("Exception", "\tat ", "canary");
    assertNothingIsRepeated(answer, answer.request().uri());
  }

  private static void assertNothingIsRepeated(HttpResponse<String> answer, URI input) {
    var query = input.getRawQuery();
    for (var pair : (query == null ? "" : query).split("&", -1)) {
      var value = pair.substring(pair.indexOf('=') + 1);
      if (value.length() > 5) {
        assertThat(answer.body()).doesNotContain(value);
        assertThat(answer.headers().map().toString()).doesNotContain(value);
      }
    }
  }
}
