package io.gatehouse.internal.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;

/**
 * The bytes that a browser's requests leave for the login cookies of the host. Containers and
 * proxies accept 8 KiB of request line and header fields together, and above that refuse every page
 * of the host (docs/decisions/0037-header-budget.md).
 *
 * @param address the bytes of the request line and the {@code Referer}
 * @param others the bytes of all other fields but the cookies
 * @param foreign the bytes of all cookies that no login can remove
 */
record HeaderBudget(int address, int others, int foreign) {
  /** The limit of Tomcat, Payara and Jetty; nginx and Apache accept as much in one line. */
  static final int LIMIT = 8 * 1024;

  /** The most bytes of all login cookies, which leave room for a code of 4 KiB. */
  static final int MOST = 2 * 1024;

  /** The bytes of one login, without its return page and with the longest {@code acr_values}. */
  static final int LEAST = 640;

  private static final int RESPONSE_LIMIT = 8 * 1024; // of Tomcat
  private static final int OTHER_RESPONSE_FIELDS = 1024;
  private static final int ATTRIBUTES = 100; // of a cookie that is set or removed

  private static final int SHORTEST = 768; // address and cookie of the shortest callback
  private static final int NEXT_ADDRESS = 2 * 1024; // a longer code; or a page and its Referer
  private static final int NEXT_OTHERS = 1280; // of a browser and of proxies
  private static final int MORE_OTHERS = 256; // a new session cookie, conditions, an origin

  static HeaderBudget of(HttpServletRequest request, HostLogins logins) {
    var query = request.getQueryString();
    var line =
        request.getMethod().length()
            + request.getRequestURI().length()
            + (query == null ? 0 : query.length() + 1)
            + "  HTTP/1.1\r\n".length();
    var others = 0;
    Enumeration<String> names = request.getHeaderNames(); // null where a container hides them
    for (var name : names == null ? Collections.<String>emptyList() : Collections.list(names)) {
      if (!name.equalsIgnoreCase("Cookie") && !name.equalsIgnoreCase("Referer")) {
        others += bytes(request, name);
      }
    }
    return new HeaderBudget(
        line + bytes(request, "Referer"), others, bytes(request, "Cookie") - logins.bytes());
  }

  private static int bytes(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name)).stream()
        .mapToInt(it -> name.length() + ": \r\n".length() + it.length())
        .sum();
  }

  /**
   * Returns whether the callback of a new login would arrive. A request above the limit shows that
   * this container accepts more.
   */
  boolean hasRoom() {
    return address + others + foreign > LIMIT || others + foreign + SHORTEST <= LIMIT;
  }

  /**
   * Returns whether a response has room for two new cookies, beside its {@code Location} and all
   * cookies that it may remove.
   */
  static boolean fits(HttpServletResponse response, int bytes) {
    var location = Objects.requireNonNullElse(response.getHeader("Location"), "").length();
    var fields = (HostLogins.MAX_REMOVED + 2) * ATTRIBUTES + OTHER_RESPONSE_FIELDS;
    return location + fields + bytes <= RESPONSE_LIMIT;
  }

  /**
   * Returns the room in further requests. The address of this one does not count: it may be a link
   * of another site, and the request has arrived.
   */
  int roomOfNext() {
    return new HeaderBudget(Math.min(address, NEXT_ADDRESS), others, foreign).room();
  }

  /** Returns the bytes that all login cookies of the host may have together. */
  int room() {
    var left =
        LIMIT
            - Math.max(address, NEXT_ADDRESS)
            - Math.max(others + MORE_OTHERS, NEXT_OTHERS)
            - foreign;
    return hasRoom() ? Math.min(MOST, Math.max(LEAST, left)) : 0;
  }
}
