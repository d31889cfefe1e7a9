package io.gatehouse.container;

import static io.gatehouse.container.Rules.JETTY;
import static io.gatehouse.container.Rules.TOMCAT;
import static io.gatehouse.container.Rules.UNDERTOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.Locale;

/** Rules of the headers of a response. */
final class HeaderRules {
  private HeaderRules() {}

  static List<ServletRule> all() {
    return List.of(
        ServletRule.of(
                "several values of one header",
                (request, response) -> {
                  response.addHeader("X-Own", "one");
                  response.addHeader("x-own", "two");
                  assertThat(response.getHeader("X-OWN")).isEqualTo("one");
                  assertThat(response.getHeaders("X-Own")).containsExactly("one", "two");
                  assertThat(response.containsHeader("x-OWN")).isTrue();
                })
            .sends(it -> assertThat(it.header("X-Own")).containsExactly("one", "two")),
        ServletRule.of(
                "a header that is set replaces all of its name",
                (request, response) -> {
                  response.addHeader("X-Own", "one");
                  response.addHeader("X-Own", "two");
                  response.setHeader("x-own", "three");
                })
            .sends(it -> assertThat(it.header("X-Own")).containsExactly("three")),
        ServletRule.of(
            "an absent header",
            (request, response) -> {
              assertThat(response.getHeader("X-Own")).isNull();
              assertThat(response.getHeaders("X-Own")).isEmpty();
              assertThat(response.containsHeader("X-Own")).isFalse();
              assertThat(response.getHeaderNames()).doesNotContain("X-Own");
            }),
        ServletRule.of(
                "numbers and dates",
                (request, response) -> {
                  response.setIntHeader("X-Number", 7);
                  response.addIntHeader("X-Number", 8);
                  response.setDateHeader("X-Date", 784111777000L);
                })
            .sends(
                it -> {
                  assertThat(it.header("X-Number")).containsExactly("7", "8");
                  assertThat(it.header("X-Date")).containsExactly("Sun, 06 Nov 1994 08:49:37 GMT");
                }),
        ServletRule.of(
                "no header without a name",
                (request, response) ->
                    assertThatThrownBy(() -> response.setHeader(null, "a"))
                        .isInstanceOf(RuntimeException.class))
            .notAt(TOMCAT, JETTY),
        ServletRule.of(
                "a header that is set to null is gone",
                (request, response) -> {
                  response.setHeader("X-Own", "one");
                  response.setHeader("X-Own", null);
                  response.addHeader("X-Other", null);
                })
            .sends(
                it -> {
                  assertThat(it.header("X-Own")).isEmpty();
                  assertThat(it.header("X-Other")).isEmpty();
                })
            .notAt(TOMCAT),
        ServletRule.of(
                "a line break begins no header",
                (request, response) -> {
                  try {
                    response.setHeader("X-Own", "a\r\nX-Injected: b");
                  } catch (IllegalArgumentException | AssertionError refused) {
                    response.setHeader("X-Own", "refused");
                  }
                })
            .sends(it -> assertThat(it.header("X-Injected")).isEmpty()),
        ServletRule.of(
            "Content-Type is a header",
            (request, response) -> {
              response.setHeader("content-type", "text/x-own;charset=UTF-8");
              assertThat(response.getContentType()).startsWith("text/x-own");
              assertThat(response.getCharacterEncoding()).isEqualToIgnoringCase("UTF-8");
              assertThat(response.containsHeader("Content-Type")).isTrue();
              assertThat(response.getHeader("Content-Type")).startsWith("text/x-own");
            }),
        ServletRule.of(
            "Content-Length is a header",
            (request, response) -> {
              response.setContentLength(1);
              assertThat(response.containsHeader("Content-Length")).isTrue();
              assertThat(response.getHeader("Content-Length")).isEqualTo("1");
              response.getOutputStream().write('a');
            }),
        ServletRule.of(
                "a charset outlives a change of the type",
                (request, response) -> {
                  response.setCharacterEncoding("UTF-16");
                  response.setContentType("application/x-own");
                  response.getOutputStream().write('a');
                })
            .sends(it -> assertThat(it.mediaType()).isEqualTo("application/x-own;charset=utf-16")),
        ServletRule.of(
            "a charset is fixed by the writer",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              response.getWriter();
              response.setCharacterEncoding("UTF-16");
              assertThat(response.getCharacterEncoding()).isEqualToIgnoringCase("UTF-8");
              response.setContentType("text/html;charset=UTF-16");
              assertThat(response.getCharacterEncoding()).isEqualToIgnoringCase("UTF-8");
            }),
        ServletRule.of(
                "a locale is a language", (request, response) -> response.setLocale(Locale.FRANCE))
            .sends(it -> assertThat(it.header("Content-Language")).containsExactly("fr-FR")),
        ServletRule.of(
                "two cookies are two headers",
                (request, response) -> {
                  response.addCookie(new Cookie("one", "1"));
                  response.addCookie(new Cookie("two", "2"));
                })
            .sends(
                it ->
                    assertThat(it.header("Set-Cookie"))
                        .satisfiesExactlyInAnyOrder(
                            one -> assertThat(one).startsWith("one=1"),
                            two -> assertThat(two).startsWith("two=2"))),
        ServletRule.of(
                "a cookie is a header at once",
                (request, response) -> {
                  response.addCookie(new Cookie("one", "1"));
                  assertThat(response.getHeaders("Set-Cookie")).hasSize(1);
                  assertThat(response.getHeaderNames()).contains("Set-Cookie");
                })
            .notAt(UNDERTOW),
        ServletRule.of(
                "a cookie's header is a cookie",
                (request, response) -> response.addHeader("Set-Cookie", "one=1; Path=/"))
            .sends(it -> assertThat(it.header("Set-Cookie")).containsExactly("one=1; Path=/")));
  }
}
