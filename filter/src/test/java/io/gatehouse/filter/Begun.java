package io.gatehouse.filter;

import com.google.errorprone.annotations.Immutable;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The ways for an application to begin a response that is not committed. */
enum Begun {
  NOTHING(page -> {}),
  WRITER(page -> page.getWriter().print("half")),
  STREAM(page -> page.getOutputStream().print("half")),
  LENGTH_AND_WRITER(
      page -> {
        page.setContentLength(5000);
        page.getWriter().print("half");
      }),
  LONG_LENGTH(page -> page.setContentLengthLong(5000)),
  HEADER_OF_LENGTH(page -> page.setHeader("Content-Length", "5000")),
  CODING(page -> page.setHeader("Content-Encoding", "gzip")),
  CHARSET(page -> page.setCharacterEncoding("UTF-16")),
  TYPE_AND_WRITER(
      page -> {
        page.setContentType("text/html;charset=UTF-16");
        page.getWriter().print("half");
      }),
  LANGUAGE(page -> page.setLocale(Locale.JAPAN)),
  BUFFER(page -> page.setBufferSize(100_000)),
  RANGE(page -> page.setHeader("Content-Range", "bytes 0-99/5000")),
  FILE(page -> page.setHeader("Content-Disposition", "attachment")),
  VERSION(page -> page.setHeader("ETag", "\"a\"")),
  DATE(page -> page.setDateHeader("Last-Modified", 0)),
  EXPIRES(page -> page.setDateHeader("Expires", 0)),
  CACHED(page -> page.addHeader("Cache-Control", "public")),
  LOCATION(page -> page.setHeader("Location", "https://other.example/")),
  WAIT(page -> page.setIntHeader("Retry-After", 1)),
  STATUS(page -> page.setStatus(404)),
  TRAILERS(page -> page.setTrailerFields(() -> Map.of("X-Own", "late")));

  @Immutable
  private interface Beginning {
    void of(HttpServletResponse page) throws IOException;
  }

  private final Beginning beginning;

  Begun(Beginning beginning) {
    this.beginning = beginning;
  }

  void by(HttpServletResponse page) throws IOException {
    beginning.of(page);
  }
}
