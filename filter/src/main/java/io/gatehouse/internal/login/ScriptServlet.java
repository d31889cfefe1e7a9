package io.gatehouse.internal.login;

import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The script that opens WebSockets and event streams again. An application may include it under a
 * Content Security Policy with {@code script-src 'self'}.
 */
public final class ScriptServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String RESOURCE = "keep-open.js";

  private final transient byte[] script = script();

  /** Creates the servlet. */
  public ScriptServlet() {}

  private static byte[] script() {
    try (var resource =
        Objects.requireNonNull(ScriptServlet.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET", "HEAD"), request, response)) {
      return;
    }
    SafeHeaders.set(response);
    response.setHeader("Cache-Control", "public, max-age=3600");
    response.setContentType("text/javascript");
    response.setCharacterEncoding("UTF-8");
    response.setContentLength(script.length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(script);
    }
  }
}
