package io.gatehouse.container;

import static io.gatehouse.container.Rules.JETTY;
import static io.gatehouse.container.Rules.TOMCAT;
import static io.gatehouse.container.Rules.UNDERTOW;
import static io.gatehouse.container.Rules.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules of a response whose beginning the client has. */
final class CommitRules {
  private interface Change {
    void to(HttpServletResponse response) throws Exception;
  }

  private CommitRules() {}

  static List<ServletRule> all() {
    return List.of(
        ignored("setHeader", it -> it.setHeader("X-Own", "late"), "X-Own"),
        ignored("addHeader", it -> it.addHeader("X-Own", "late"), "X-Own"),
        ignored("setIntHeader", it -> it.setIntHeader("X-Own", 1), "X-Own"),
        ignored("addIntHeader", it -> it.addIntHeader("X-Own", 1), "X-Own"),
        ignored("setDateHeader", it -> it.setDateHeader("X-Own", 0), "X-Own"),
        ignored("addDateHeader", it -> it.addDateHeader("X-Own", 0), "X-Own"),
        ignored("addCookie", it -> it.addCookie(new Cookie("late", "1")), "Set-Cookie"),
        ignored("setContentType", it -> it.setContentType("text/x-own"), "Content-Type"),
        ignored("setContentLength", it -> it.setContentLength(5000), "Content-Length"),
        ignored("setContentLengthLong", it -> it.setContentLengthLong(5000), "Content-Length"),
        ignored("setLocale", it -> it.setLocale(Locale.FRANCE), "Content-Language"),
        ServletRule.of(
                "setHeader on a header that is sent is ignored after the commit",
                (request, response) -> {
                  response.setHeader("X-Own", "early");
                  response.flushBuffer();
                  response.setHeader("X-Own", "late");
                  response.setHeader("X-Own", null);
                })
            .sends(it -> assertThat(it.header("X-Own")).containsExactly("early")),
        ServletRule.of(
                "setCharacterEncoding is ignored after the commit",
                (request, response) -> {
                  response.setContentType("text/plain;charset=UTF-8");
                  response.flushBuffer();
                  response.setCharacterEncoding("UTF-16");
                  assertThat(response.getCharacterEncoding()).isEqualToIgnoringCase("UTF-8");
                })
            .sends(it -> assertThat(it.mediaType()).isEqualTo("text/plain;charset=utf-8")),
        ServletRule.of(
                "setStatus is ignored after the commit",
                (request, response) -> {
                  response.flushBuffer();
                  response.setStatus(404);
                  assertThat(response.getStatus()).isEqualTo(200);
                })
            .sends(it -> assertThat(it.status()).isEqualTo(200)),
        refused("reset", HttpServletResponse::reset),
        refused("resetBuffer", HttpServletResponse::resetBuffer).notAt(UNDERTOW),
        refused("sendError", it -> it.sendError(404)),
        refused("sendError with a message", it -> it.sendError(404, "late")),
        refused("sendRedirect", it -> it.sendRedirect("/target")),
        refused("setBufferSize", it -> it.setBufferSize(100_000)).notAt(UNDERTOW),
        refused("setTrailerFields", it -> it.setTrailerFields(Map::of)).notAt(TOMCAT),
        ServletRule.of(
            "the writer works after the commit",
            (request, response) -> {
              response.flushBuffer();
              response.getWriter().print("late");
              assertRefused(response::getOutputStream);
            }),
        ServletRule.of(
                "sendError drops the body and is the end",
                (request, response) -> {
                  response.getWriter().print("half");
                  response.sendError(404);
                  assertThat(response.isCommitted()).isTrue();
                  response.setStatus(200);
                  response.getWriter().print("late");
                })
            .sends(
                it -> {
                  assertThat(it.status()).isEqualTo(404);
                  assertThat(it.body()).doesNotContain("half", "late");
                }),
        ServletRule.of(
                "sendError is refused after sendError",
                (request, response) -> {
                  response.sendError(404);
                  assertRefused(() -> response.sendError(500));
                })
            .notAt(UNDERTOW),
        ServletRule.of(
                "setHeader is ignored after sendError",
                (request, response) -> {
                  response.sendError(404);
                  response.setHeader("X-Own", "late");
                })
            .sends(it -> assertThat(it.header("X-Own")).isEmpty())
            .notAt(JETTY, UNDERTOW),
        ServletRule.of(
                "reset is refused after sendError",
                (request, response) -> {
                  response.sendError(404);
                  assertRefused(response::reset);
                })
            .notAt(UNDERTOW),
        ServletRule.of(
                "sendError leaves Content-Length",
                (request, response) -> {
                  response.setContentLength(1);
                  response.sendError(404);
                })
            .sends(it -> assertThat(it.header("Content-Length")).containsExactly("1"))
            .notAt(JETTY),
        ServletRule.of(
                "sendError keeps cookies",
                (request, response) -> {
                  response.addCookie(new Cookie("kept", "1"));
                  response.sendError(404);
                })
            .sends(it -> assertThat(it.header("Set-Cookie")).hasSize(1)),
        ServletRule.of(
                "sendRedirect drops the body and is the end",
                (request, response) -> {
                  response.getWriter().print("half");
                  response.sendRedirect("/target");
                  assertThat(response.isCommitted()).isTrue();
                  response.setHeader("X-Own", "late");
                  response.getWriter().print("late");
                  assertRefused(() -> response.sendRedirect("/other"));
                })
            .sends(
                it -> {
                  assertThat(it.status()).isEqualTo(302);
                  assertThat(it.header("Location")).singleElement().asString().endsWith("/target");
                  assertThat(it.header("X-Own")).isEmpty();
                  assertThat(it.body()).doesNotContain("half", "late");
                }));
  }

  private static ServletRule ignored(String method, Change change, String header) {
    return ServletRule.of(
            method + " is ignored after the commit",
            (request, response) -> {
              response.flushBuffer();
              change.to(response);
            })
        .sends(it -> assertThat(it.header(header)).isEmpty());
  }

  private static ServletRule refused(String method, Change change) {
    return ServletRule.of(
            method + " is refused after the commit",
            (request, response) -> {
              response.flushBuffer();
              assertRefused(() -> change.to(response));
              response.getWriter().print("late");
            })
        .sends(it -> assertThat(it.body()).isEqualTo("late"));
  }
}
