package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Content that is the same for everyone, and that caches may keep for a while. */
public final class PublicContent {
  private PublicContent() {}

  /** Answers GET and HEAD with the content, and any other method with 405. */
  public static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      String contentType,
      byte[] content,
      Duration maxAge)
      throws IOException {
    if (!Methods.are(List.of("GET", "HEAD"), request, response)) {
      return;
    }
    SafeHeaders.set(response);
    response.setHeader("Cache-Control", "public, max-age=" + maxAge.toSeconds());
    response.setContentType(contentType);
    if (request.getMethod().equals("GET")) {
      Body.send(response, content);
    } else {
      response.setContentLength(content.length);
    }
  }
}
