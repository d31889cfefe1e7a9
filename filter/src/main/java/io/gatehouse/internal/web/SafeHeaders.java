package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of every answer of ours that is not for a cache. */
public final class SafeHeaders {
  private SafeHeaders() {}

  public static void set(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer"); // codes and states are in our URLs
  }
}
