package io.gatehouse.container;

import static io.gatehouse.container.Rules.JETTY;
import static io.gatehouse.container.Rules.TOMCAT;
import static io.gatehouse.container.Rules.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Rules of sessions. */
final class SessionRules {
  private interface Use {
    void of(HttpSession session);
  }

  private SessionRules() {}

  static List<ServletRule> all() {
    return List.of(
        refusedAfterEnd("getAttribute", it -> it.getAttribute("own")),
        refusedAfterEnd("getAttributeNames", HttpSession::getAttributeNames),
        refusedAfterEnd("setAttribute", it -> it.setAttribute("own", "a")),
        refusedAfterEnd("setAttribute with null", it -> it.setAttribute("own", null)),
        refusedAfterEnd("removeAttribute", it -> it.removeAttribute("own")),
        refusedAfterEnd("getCreationTime", HttpSession::getCreationTime),
        refusedAfterEnd("getLastAccessedTime", HttpSession::getLastAccessedTime),
        refusedAfterEnd("isNew", HttpSession::isNew),
        refusedAfterEnd("invalidate", HttpSession::invalidate),
        refusedAfterEnd("getMaxInactiveInterval", HttpSession::getMaxInactiveInterval)
            .notAt(TOMCAT, JETTY),
        refusedAfterEnd("setMaxInactiveInterval", it -> it.setMaxInactiveInterval(60))
            .notAt(TOMCAT, JETTY),
        answeredAfterEnd("getId", HttpSession::getId),
        answeredAfterEnd("getServletContext", HttpSession::getServletContext),
        ServletRule.of(
            "no session unless one begins",
            (request, response) -> {
              assertThat(request.getSession(false)).isNull();
              var begun = request.getSession(true);
              assertThat(begun.isNew()).isTrue();
              assertThat(Objects.requireNonNull(request.getSession(false)).getId())
                  .isEqualTo(begun.getId());
              assertThat(request.getSession().getId()).isEqualTo(begun.getId());
            }),
        ServletRule.of(
            "no session begins after the commit",
            (request, response) -> {
              response.flushBuffer();
              assertRefused(() -> request.getSession(true));
              assertRefused(request::getSession);
              assertThat(request.getSession(false)).isNull();
            }),
        ServletRule.of(
            "a session that is there is found after the commit",
            (request, response) -> {
              var begun = request.getSession();
              response.flushBuffer();
              assertThat(request.getSession(true).getId()).isEqualTo(begun.getId());
            }),
        ServletRule.of(
            "no session after the end",
            (request, response) -> {
              request.getSession().invalidate();
              assertThat(request.getSession(false)).isNull();
            }),
        ServletRule.of(
            "another session after the end",
            (request, response) -> {
              var first = request.getSession();
              first.setAttribute("own", "a");
              first.invalidate();
              var second = request.getSession(true);
              assertThat(second.isNew()).isTrue();
              assertThat(second.getAttribute("own")).isNull();
              assertRefused(() -> first.getAttribute("own"));
            }),
        ServletRule.of(
            "no other id without a session",
            (request, response) -> assertRefused(request::changeSessionId)),
        ServletRule.of(
            "no other id after the end",
            (request, response) -> {
              request.getSession().invalidate();
              assertRefused(request::changeSessionId);
            }),
        ServletRule.of(
            "another id for the same attributes",
            (request, response) -> {
              var session = request.getSession();
              session.setAttribute("own", "a");
              var before = session.getId();
              var after = request.changeSessionId();
              assertThat(after).isNotEqualTo(before);
              assertThat(request.getSession().getId()).isEqualTo(after);
              assertThat(request.getSession().getAttribute("own")).isEqualTo("a");
            }),
        ServletRule.of(
            "a session attribute that is set to null is gone",
            (request, response) -> {
              var session = request.getSession();
              session.setAttribute("own", "a");
              session.setAttribute("own", null);
              assertThat(session.getAttribute("own")).isNull();
              assertThat(Collections.list(session.getAttributeNames())).isEmpty();
            }),
        ServletRule.of(
            "an absent session attribute",
            (request, response) -> {
              var session = request.getSession();
              assertThat(session.getAttribute("own")).isNull();
              assertThatCode(() -> session.removeAttribute("own")).doesNotThrowAnyException();
            }),
        ServletRule.of(
            "no session attribute without a name",
            (request, response) -> {
              var session = request.getSession();
              assertThatThrownBy(() -> session.setAttribute(null, "a"))
                  .isInstanceOf(RuntimeException.class);
            }),
        ServletRule.of(
            "an interval that is set",
            (request, response) -> {
              var session = request.getSession();
              session.setMaxInactiveInterval(60);
              assertThat(session.getMaxInactiveInterval()).isEqualTo(60);
            }));
  }

  private static ServletRule refusedAfterEnd(String method, Use use) {
    return ServletRule.of(
        method + " of a session that has ended is refused",
        (request, response) -> {
          var session = request.getSession();
          session.invalidate();
          assertRefused(() -> use.of(session));
        });
  }

  private static ServletRule answeredAfterEnd(String method, Use use) {
    return ServletRule.of(
        method + " of a session that has ended is answered",
        (request, response) -> {
          var session = request.getSession();
          session.invalidate();
          assertThatCode(() -> use.of(session)).doesNotThrowAnyException();
        });
  }
}
