package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** Refuses methods that a path does not support (RFC 9110 section 15.5.6). */
public final class Methods {
  private Methods() {}

  /** Returns whether the method is allowed; if not, answers 405. */
  public static boolean are(
      List<String> allowed, HttpServletRequest request, HttpServletResponse response) {
    if (allowed.contains(request.getMethod())) {
      return true;
    }
    response.setHeader("Allow", String.join(", ", allowed));
    BareRefusal.send(
        response,
        HttpServletResponse.SC_METHOD_NOT_ALLOWED,
        "a method of which the path has no use (RFC 9110 15.5.6)");
    return false;
  }
}
