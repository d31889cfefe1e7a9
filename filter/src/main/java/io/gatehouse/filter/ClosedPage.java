package io.gatehouse.filter;

import io.gatehouse.internal.web.Body;
import io.gatehouse.internal.web.Navigation;
import io.gatehouse.internal.web.Page;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The response of an application whose start has failed: 503, as a page for people and {@code
 * application/problem+json} (RFC 9457) for programs. It has few dependencies, since a part of
 * Gatehouse may be missing.
 */
final class ClosedPage {
  private static final String JSON =
      "{\"type\":\"urn:gatehouse:problem:closed\",\"title\":\"closed\",\"status\":503}";

  private ClosedPage() {}

  static void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    if (Navigation.wantsPage(request)) {
      try {
        new Page("closed", Optional.empty(), "", Optional.empty())
            .send(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        return;
      } catch (RuntimeException | LinkageError withoutTexts) {
        response.resetBuffer(); // falls back to JSON
      }
    }
    var bytes = JSON.getBytes(StandardCharsets.UTF_8);
    SafeHeaders.set(response);
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/problem+json");
    Body.send(response, bytes);
  }
}
