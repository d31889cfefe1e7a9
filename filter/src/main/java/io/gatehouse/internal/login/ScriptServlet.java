package io.gatehouse.internal.login;

import io.gatehouse.internal.web.PublicContent;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
    PublicContent.send(
        request, response, "text/javascript;charset=UTF-8", script, Duration.ofHours(1));
  }
}
