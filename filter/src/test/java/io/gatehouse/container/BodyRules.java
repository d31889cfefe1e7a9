package io.gatehouse.container;

import static io.gatehouse.container.Rules.JETTY;
import static io.gatehouse.container.Rules.TOMCAT;
import static io.gatehouse.container.Rules.UNDERTOW;
import static io.gatehouse.container.Rules.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rules of the body of a response. */
final class BodyRules {
  private static final byte[] SIX = "abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final WriteListener LISTENER =
      new WriteListener() {
        @Override
        public void onWritePossible() {}

        @Override
        public void onError(Throwable fault) {}
      };

  private BodyRules() {}

  static List<ServletRule> all() {
    return List.of(
        ServletRule.of(
                "no writer after the stream",
                (request, response) -> {
                  response.getOutputStream().write(SIX);
                  assertRefused(response::getWriter);
                })
            .sends(it -> assertThat(it.body()).isEqualTo("abcdef")),
        ServletRule.of(
                "no stream after the writer",
                (request, response) -> {
                  response.getWriter().print("abcdef");
                  assertRefused(response::getOutputStream);
                })
            .sends(it -> assertThat(it.body()).isEqualTo("abcdef")),
        ServletRule.of(
            "the same stream again",
            (request, response) ->
                assertThat(response.getOutputStream()).isSameAs(response.getOutputStream())),
        ServletRule.of(
            "the same writer again",
            (request, response) -> assertThat(response.getWriter()).isSameAs(response.getWriter())),
        ServletRule.of(
                "the writer writes in the charset of the response",
                (request, response) -> {
                  response.setContentType("text/plain");
                  response.setCharacterEncoding("UTF-8");
                  response.getWriter().print("\u00e9");
                })
            .sends(
                it -> {
                  assertThat(it.body()).isEqualTo("\u00e9");
                  assertThat(it.mediaType()).isEqualTo("text/plain;charset=utf-8");
                }),
        ServletRule.of(
                "the writer makes ISO-8859-1 of an unnamed charset, and says so",
                (request, response) -> {
                  response.setContentType("text/x-own");
                  response.getWriter().print("a");
                  assertThat(response.getCharacterEncoding()).isEqualToIgnoringCase("ISO-8859-1");
                })
            .sends(it -> assertThat(it.mediaType()).isEqualTo("text/x-own;charset=iso-8859-1")),
        ServletRule.of(
                "the stream adds no charset",
                (request, response) -> {
                  response.setContentType("application/x-own");
                  response.getOutputStream().write(SIX);
                })
            .sends(it -> assertThat(it.mediaType()).isEqualTo("application/x-own")),
        ServletRule.of(
            "no writer in an unknown charset",
            (request, response) -> {
              response.setContentType("text/plain;charset=unknown");
              assertThatThrownBy(response::getWriter)
                  .isInstanceOf(UnsupportedEncodingException.class);
            }),
        ServletRule.of(
                "no more than Content-Length is sent",
                (request, response) -> {
                  response.setContentLength(3);
                  response.getWriter().print("abcdef");
                })
            .sends(it -> assertThat("abc").startsWith(it.body()))
            .notAt(JETTY), // which sends an error page of its own
        ServletRule.of(
                "no more than Content-Length is written",
                (request, response) -> {
                  response.setContentLength(3);
                  assertThatThrownBy(() -> response.getOutputStream().write(SIX))
                      .isInstanceOf(IOException.class);
                })
            .notAt(TOMCAT, UNDERTOW),
        ServletRule.of(
                "committed when Content-Length is reached",
                (request, response) -> {
                  response.setContentLength(6);
                  assertThat(response.isCommitted()).isFalse();
                  response.getOutputStream().write(SIX);
                  assertThat(response.isCommitted()).isTrue();
                })
            .notAt(UNDERTOW),
        ServletRule.of(
                "no Content-Length below what is written",
                (request, response) -> {
                  response.getOutputStream().write(SIX);
                  assertThatThrownBy(() -> response.setContentLength(3))
                      .isInstanceOf(RuntimeException.class);
                })
            .notAt(TOMCAT, UNDERTOW),
        ServletRule.of(
            "no new buffer size after writing",
            (request, response) -> {
              response.getOutputStream().write(SIX);
              assertRefused(() -> response.setBufferSize(100_000));
            }),
        ServletRule.of(
            "the buffer has at least the size that was asked for",
            (request, response) -> {
              response.setBufferSize(100_000);
              assertThat(response.getBufferSize()).isGreaterThanOrEqualTo(100_000);
            }),
        ServletRule.of(
            "committed when the buffer overflows",
            (request, response) -> {
              response.getOutputStream().write(new byte[response.getBufferSize() * 2]);
              assertThat(response.isCommitted()).isTrue();
            }),
        ServletRule.of(
            "not committed while the buffer has place",
            (request, response) -> {
              response.getOutputStream().write(SIX);
              assertThat(response.isCommitted()).isFalse();
            }),
        ServletRule.of(
            "committed by a flush of the stream",
            (request, response) -> {
              response.getOutputStream().flush();
              assertThat(response.isCommitted()).isTrue();
            }),
        ServletRule.of(
            "committed by a flush of the writer",
            (request, response) -> {
              response.getWriter().flush();
              assertThat(response.isCommitted()).isTrue();
            }),
        ServletRule.of(
            "committed by close",
            (request, response) -> {
              response.getOutputStream().close();
              assertThat(response.isCommitted()).isTrue();
            }),
        ServletRule.of(
                "nothing is written after close",
                (request, response) -> {
                  var stream = response.getOutputStream();
                  stream.close();
                  assertThatThrownBy(() -> stream.write(SIX)).isInstanceOf(IOException.class);
                })
            .notAt(TOMCAT),
        ServletRule.of(
            "no write listener unless asynchronous",
            (request, response) ->
                assertRefused(() -> response.getOutputStream().setWriteListener(LISTENER))));
  }
}
