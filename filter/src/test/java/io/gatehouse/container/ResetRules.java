package io.gatehouse.container;

import static io.gatehouse.container.Rules.UNDERTOW;
import static io.gatehouse.container.Rules.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules of a response that begins anew. */
final class ResetRules {
  private ResetRules() {}

  private static void begin(HttpServletResponse response) throws IOException {
    response.setStatus(404);
    response.setContentType("text/x-own;charset=UTF-16");
    response.setContentLength(5000);
    response.setHeader("Content-Encoding", "gzip");
    response.setHeader("ETag", "\"a\"");
    response.setHeader("Cache-Control", "public");
    response.addCookie(new Cookie("begun", "1"));
    response.getWriter().print("half");
  }

  static List<ServletRule> all() {
    return List.of(
        ServletRule.of(
            "resetBuffer leaves all headers and the status",
            (request, response) -> {
              begin(response);
              response.resetBuffer();
              assertThat(response.getStatus()).isEqualTo(404);
              assertThat(response.getContentType()).containsIgnoringCase("utf-16");
              for (var name :
                  List.of("Content-Length", "Content-Encoding", "ETag", "Cache-Control")) {
                assertThat(response.containsHeader(name)).as(name).isTrue();
              }
              response.reset();
            }),
        ServletRule.of(
                "resetBuffer drops the body",
                (request, response) -> {
                  response.getWriter().print("half");
                  response.resetBuffer();
                  response.getWriter().print("new");
                })
            .sends(it -> assertThat(it.body()).isEqualTo("new")),
        ServletRule.of(
            "resetBuffer leaves the writer",
            (request, response) -> {
              response.getWriter();
              response.resetBuffer();
              assertRefused(response::getOutputStream);
            }),
        ServletRule.of(
            "resetBuffer leaves the stream",
            (request, response) -> {
              response.getOutputStream();
              response.resetBuffer();
              assertRefused(response::getWriter);
            }),
        ServletRule.of(
                "reset drops body, headers and status",
                (request, response) -> {
                  begin(response);
                  response.reset();
                  assertThat(response.getStatus()).isEqualTo(200);
                  for (var name :
                      List.of("Content-Length", "Content-Encoding", "ETag", "Cache-Control")) {
                    assertThat(response.containsHeader(name)).as(name).isFalse();
                  }
                })
            .sends(
                it -> {
                  assertThat(it.status()).isEqualTo(200);
                  assertThat(it.body()).isEmpty();
                  assertThat(it.headers())
                      .doesNotContainKeys("Content-Encoding", "ETag", "Cache-Control");
                  assertThat(it.header("Content-Length")).doesNotContain("5000");
                }),
        ServletRule.of(
                "reset drops the type",
                (request, response) -> {
                  begin(response);
                  response.reset();
                  assertThat(response.getContentType()).isNull();
                })
            .sends(it -> assertThat(it.header("Content-Type")).isEmpty())
            .notAt(UNDERTOW),
        ServletRule.of(
                "reset drops the charset",
                (request, response) -> {
                  begin(response);
                  response.reset();
                  response.setContentType("application/x-own");
                  response.getOutputStream().write('a');
                })
            .sends(it -> assertThat(it.mediaType()).isEqualTo("application/x-own"))
            .notAt(UNDERTOW),
        ServletRule.of(
                "reset drops a charset without a type",
                (request, response) -> {
                  response.setCharacterEncoding("UTF-16");
                  response.reset();
                  response.setContentType("application/x-own");
                  response.getOutputStream().write('a');
                })
            .sends(it -> assertThat(it.mediaType()).isEqualTo("application/x-own"))
            .notAt(UNDERTOW),
        ServletRule.of(
                "reset drops cookies",
                (request, response) -> {
                  begin(response);
                  response.reset();
                })
            .sends(it -> assertThat(it.header("Set-Cookie")).isEmpty())
            .notAt(UNDERTOW),
        ServletRule.of(
                "reset drops the locale",
                (request, response) -> {
                  response.setLocale(Locale.FRANCE);
                  response.reset();
                })
            .sends(it -> assertThat(it.header("Content-Language")).isEmpty()),
        ServletRule.of(
                "reset drops trailers",
                (request, response) -> {
                  response.setTrailerFields(() -> Map.of("X-Own", "late"));
                  response.reset();
                  assertThat(response.getTrailerFields()).isNull();
                })
            .notAt(UNDERTOW),
        ServletRule.of(
                "reset permits the stream after the writer",
                (request, response) -> {
                  response.getWriter().print("half");
                  response.reset();
                  response.getOutputStream().write('n');
                })
            .sends(it -> assertThat(it.body()).isEqualTo("n")),
        ServletRule.of(
                "reset permits the writer after the stream",
                (request, response) -> {
                  response.getOutputStream().write('h');
                  response.reset();
                  response.getWriter().print("n");
                })
            .sends(it -> assertThat(it.body()).isEqualTo("n")),
        ServletRule.of(
            "reset leaves the size of the buffer",
            (request, response) -> {
              response.setBufferSize(100_000);
              response.reset();
              assertThat(response.getBufferSize()).isGreaterThanOrEqualTo(100_000);
            }));
  }
}
