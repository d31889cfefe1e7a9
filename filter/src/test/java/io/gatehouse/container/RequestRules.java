package io.gatehouse.container;

import static io.gatehouse.container.Rules.JETTY;
import static io.gatehouse.container.Rules.TOMCAT;
import static io.gatehouse.container.Rules.UNDERTOW;
import static io.gatehouse.container.Rules.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Rules of a request. */
final class RequestRules {
  private static final ReadListener LISTENER =
      new ReadListener() {
        @Override
        public void onDataAvailable() {}

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable fault) {}
      };

  private RequestRules() {}

  static List<ServletRule> all() {
    return List.of(
        ServletRule.of(
            Call.FORM,
            "no reader after the input stream",
            (request, response) -> {
              request.getInputStream();
              assertRefused(request::getReader);
            }),
        ServletRule.of(
            Call.FORM,
            "no input stream after the reader",
            (request, response) -> {
              request.getReader();
              assertRefused(request::getInputStream);
            }),
        ServletRule.of(
            Call.FORM,
            "the same input stream again",
            (request, response) ->
                assertThat(request.getInputStream()).isSameAs(request.getInputStream())),
        ServletRule.of(
            Call.FORM,
            "parameters of the query before those of the form",
            (request, response) -> {
              assertThat(request.getParameterValues("name")).containsExactly("query", "body");
              assertThat(request.getParameter("name")).isEqualTo("query");
              assertThat(request.getParameter("field")).isEqualTo("text");
              assertThat(request.getParameter("none")).isNull();
            }),
        ServletRule.of(
            "parameters are decoded, the query is not",
            (request, response) -> {
              assertThat(request.getParameterValues("name")).containsExactly("a b", "second");
              assertThat(request.getQueryString()).isEqualTo("name=a%20b&name=second");
            }),
        ServletRule.of(
            Call.FORM,
            "a body that was read as bytes has no parameters",
            (request, response) -> {
              var read = request.getInputStream().readAllBytes();
              assertThat(new String(read, StandardCharsets.UTF_8)).startsWith("field=");
              assertThat(request.getParameter("field")).isNull();
              assertThat(request.getParameter("name")).isEqualTo("query");
            }),
        ServletRule.of(
            Call.FORM,
            "a body that was read as text has no parameters",
            (request, response) -> {
              assertThat(request.getReader().readLine()).startsWith("field=");
              assertThat(request.getParameter("field")).isNull();
            }),
        ServletRule.of(
            Call.FORM,
            "parameters leave nothing to read",
            (request, response) -> {
              assertThat(request.getParameter("field")).isEqualTo("text");
              assertThat(request.getInputStream().read()).isEqualTo(-1);
            }),
        ServletRule.of(
                "parameters are read-only",
                (request, response) -> {
                  var parameters = request.getParameterMap();
                  assertThatThrownBy(() -> parameters.put("own", new String[] {"a"}))
                      .isInstanceOf(RuntimeException.class);
                  assertThatThrownBy(parameters::clear).isInstanceOf(RuntimeException.class);
                })
            .notAt(UNDERTOW),
        ServletRule.of(
            Call.FORM,
            "no unknown charset for the body",
            (request, response) ->
                assertThatThrownBy(() -> request.setCharacterEncoding("unknown"))
                    .isInstanceOf(UnsupportedEncodingException.class)),
        ServletRule.of(
            Call.FORM,
            "no other charset after the reader",
            (request, response) -> {
              request.setCharacterEncoding("UTF-8");
              request.getReader();
              request.setCharacterEncoding("UTF-16");
              assertThat(request.getCharacterEncoding()).isEqualToIgnoringCase("UTF-8");
            }),
        ServletRule.of(
                Call.FORM,
                "no other charset after the parameters",
                (request, response) -> {
                  request.setCharacterEncoding("UTF-8");
                  assertThat(request.getParameter("field")).isEqualTo("text");
                  request.setCharacterEncoding("UTF-16");
                  assertThat(request.getCharacterEncoding()).isEqualToIgnoringCase("UTF-8");
                })
            .notAt(TOMCAT, JETTY),
        ServletRule.of(
            Call.FORM,
            "no read listener unless asynchronous",
            (request, response) ->
                assertRefused(() -> request.getInputStream().setReadListener(LISTENER))),
        ServletRule.of(
            "headers by any spelling",
            (request, response) -> {
              assertThat(request.getHeader("x-WORD")).isEqualTo("one");
              assertThat(Collections.list(request.getHeaders("x-word")))
                  .containsExactly("one", "two");
              assertThat(request.getHeader("X-None")).isNull();
              assertThat(Collections.list(request.getHeaders("X-None"))).isEmpty();
            }),
        ServletRule.of(
            "a header as a number",
            (request, response) -> {
              assertThat(request.getIntHeader("X-Number")).isEqualTo(7);
              assertThat(request.getIntHeader("X-None")).isEqualTo(-1);
              assertThatThrownBy(() -> request.getIntHeader("X-Word"))
                  .isInstanceOf(NumberFormatException.class);
            }),
        ServletRule.of(
            "no cookies are null",
            (request, response) -> assertThat(request.getCookies()).isNull()),
        ServletRule.of(
            "an attribute that is set to null is gone",
            (request, response) -> {
              request.setAttribute("own", "a");
              request.setAttribute("own", null);
              assertThat(request.getAttribute("own")).isNull();
              assertThat(Collections.list(request.getAttributeNames())).doesNotContain("own");
            }),
        ServletRule.of(
            "an attribute that is removed is gone",
            (request, response) -> {
              request.setAttribute("own", "a");
              assertThat(Collections.list(request.getAttributeNames())).contains("own");
              request.removeAttribute("own");
              assertThat(request.getAttribute("own")).isNull();
            }),
        ServletRule.of(
                "no attribute without a name",
                (request, response) ->
                    assertThatThrownBy(() -> request.setAttribute(null, "a"))
                        .isInstanceOf(RuntimeException.class))
            .notAt(UNDERTOW));
  }
}
