package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of every Gatehouse response that must not be cached. */
public final class SafeHeaders {
  private SafeHeaders() {}

  public static void set(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer"); // our URLs contain codes and states
  }
}
