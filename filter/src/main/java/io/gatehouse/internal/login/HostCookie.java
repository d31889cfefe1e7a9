package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.PendingLogin;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** A cookie of ours, which all applications of the host receive (RFC 6265). */
final class HostCookie {
  private static final String OF_HOST = "__Host-";

  private HostCookie() {}

  /** Returns the name of a cookie, which binds it to the host where the page is https. */
  static String name(String name, boolean secure) {
    return secure ? OF_HOST + name : name;
  }

  /** Returns the second in which a login began, for applications that cannot open its cookie. */
  static String time(PendingLogin login) {
    return Long.toString(login.begun().getEpochSecond(), Character.MAX_RADIX);
  }

  /** Returns the bytes of a cookie in a request. */
  static int bytes(String name, String value) {
    return name.length() + value.length() + "=; ".length();
  }

  static void set(HttpServletResponse response, String name, String value, Duration lifetime) {
    // As text: for a Cookie's age Tomcat also formats a date, on each redirect.
    response.addHeader(
        "Set-Cookie",
        name
            + "="
            + value
            + "; Max-Age="
            + lifetime.toSeconds()
            + "; Path=/" // required by __Host- (RFC 6265bis 4.1.3.2)
            + (name.startsWith(OF_HOST) ? "; Secure" : "")
            + "; HttpOnly; SameSite=Lax"); // Lax suffices: the redirect back is a navigation
  }

  static void remove(HttpServletResponse response, String name) {
    set(response, name, "", Duration.ZERO);
  }
}
