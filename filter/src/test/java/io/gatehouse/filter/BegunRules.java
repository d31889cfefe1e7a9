package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.container.SentResponse;
import io.gatehouse.container.ServletRule;
import io.gatehouse.internal.web.Body;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Rules of our answers to requests whose response the application has begun. */
public final class BegunRules {
  private static final byte[] ANSWER = "{}".getBytes(StandardCharsets.UTF_8);

  private BegunRules() {}

  public static Stream<ServletRule> all() {
    return Stream.of(
            Arrays.stream(Begun.values()).map(BegunRules::withBody),
            Arrays.stream(Begun.values()).map(BegunRules::withoutBody),
            Stream.of(withSession()))
        .flatMap(it -> it);
  }

  /** Jetty doubles the cookie of a new session on reset. */
  private static ServletRule withSession() {
    return ServletRule.of(
            "a session cookie once after a session has begun",
            (request, response) -> {
              var begun = BegunResponse.before(response);
              var unused = request.getSession(true);
              begun.discard();
              Body.send(response, ANSWER);
            })
        .sends(
            it ->
                assertThat(it.header("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith("JSESSIONID="))
                    .hasSizeLessThanOrEqualTo(1));
  }

  private static ServletRule withBody(Begun what) {
    return ServletRule.of(
            "a whole answer after " + what,
            (request, response) -> {
              var begun = BegunResponse.before(response);
              response.addCookie(new Cookie("own", "1"));
              response.addHeader("Vary", "Origin");
              response.addHeader("Vary", "Accept");
              what.by(response);
              begun.discard();
              response.setStatus(401);
              response.setContentType("application/problem+json");
              Body.send(response, ANSWER);
            })
        .sends(
            it -> {
              assertThat(it.status()).isEqualTo(401);
              assertThat(it.body()).isEqualTo("{}");
              assertThat(it.header("Content-Length")).containsExactly("2");
              assertThat(it.header("Content-Type"))
                  .singleElement()
                  .asString()
                  .startsWith("application/problem+json")
                  .doesNotContain("UTF-16");
              assertThat(it.header("Location")).isEmpty();
              assertKept(it);
            });
  }

  private static ServletRule withoutBody(Begun what) {
    return ServletRule.of(
            "a redirect after " + what,
            (request, response) -> {
              var begun = BegunResponse.before(response);
              response.addCookie(new Cookie("own", "1"));
              response.addHeader("Vary", "Origin");
              response.addHeader("Vary", "Accept");
              what.by(response);
              begun.discard();
              response.setStatus(302);
              response.setHeader("Location", "https://server.example/");
            })
        .sends(
            it -> {
              assertThat(it.status()).isEqualTo(302);
              assertThat(it.body()).isEmpty();
              assertThat(it.header("Location")).containsExactly("https://server.example/");
              assertKept(it);
            });
  }

  private static void assertKept(SentResponse sent) {
    assertThat(sent.header("Set-Cookie")).hasSize(1);
    assertThat(sent.header("Vary")).containsExactly("Origin", "Accept");
    assertThat(sent.headers())
        .doesNotContainKeys(
            "Content-Encoding", "Content-Language", "Content-Range", "Content-Disposition")
        .doesNotContainKeys("ETag", "Last-Modified", "Expires", "Cache-Control", "Retry-After")
        .doesNotContainKeys("Trailer", "X-Own");
  }
}
