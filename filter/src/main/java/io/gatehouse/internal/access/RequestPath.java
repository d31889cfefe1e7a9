package io.gatehouse.internal.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The path of a request within the application, both as the browser wrote it and as the container
 * decoded it. A path that a container, a proxy and Gatehouse may read differently is {@link
 * #isAmbiguous}, and no decision is based on it.
 */
public final class RequestPath {
  private static final int MAX_RETURN_CHARACTERS = 2048;

  // Servlet 6.1 section 3.5.2: paths that a container must refuse or convert to the canonical path;
  // and a trailing space, which Open Liberty removes from the path info
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "^[^/]|[^\\x21-\\x7E]|[;#\\\\\"<>^`{|}]|//|/\\.{1,2}(/|$)"
              + "|%(?![0-9A-Fa-f]{2})|%([01][0-9A-Fa-f]|7[fF]|2[eEfF5]|3[bB]|5[cC])|%20$");
  // A browser writes all other characters as %XX, except the backslash, which it may treat as a
  // slash.
  private static final Pattern URL_CHARACTERS = Pattern.compile("[\\x21-\\x7E&&[^\"<>\\\\]]*");
  private static final Pattern SESSION_ID = Pattern.compile(";jsessionid=[A-Za-z0-9._!~-]{1,256}$");

  private final String raw;
  private final String mapped; // matched by servlet mappings; includes a welcome file
  private final String shown; // by an earlier filter that wrapped the request
  private final String shownRaw;

  private RequestPath(String raw, String mapped, String shown, String shownRaw) {
    this.raw = raw;
    this.mapped = mapped;
    this.shown = shown;
    this.shownRaw = shownRaw;
  }

  public static RequestPath of(HttpServletRequest request) {
    var container = ContainerRequest.of(request);
    var raw = raw(container);
    var mapped = mapped(container);
    return container == request
        ? new RequestPath(raw, mapped, mapped, raw)
        : new RequestPath(raw, mapped, mapped(request), raw(request));
  }

  private static String raw(HttpServletRequest request) {
    var uri = withoutSessionId(request.getRequestURI());
    var context = request.getContextPath();
    return uri.startsWith(context) ? uri.substring(context.length()) : "//"; // absolute form
  }

  /** Returns the path by which a request is mapped: servlet path and path info. */
  public static String mapped(HttpServletRequest request) {
    var servletPath = Objects.requireNonNullElse(request.getServletPath(), "");
    var pathInfo = request.getPathInfo();
    return pathInfo == null ? servletPath : servletPath + pathInfo;
  }

  /**
   * Returns the path that a dispatch leads to; the path of an include differs from the request's
   * own.
   */
  public static String target(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.INCLUDE
        ? Objects.toString(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH), "")
            + Objects.toString(request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO), "")
        : mapped(ContainerRequest.of(request));
  }

  private static String withoutSessionId(String uri) {
    return uri.indexOf(';') < 0 ? uri : SESSION_ID.matcher(uri).replaceFirst("");
  }

  /** Returns the path as the browser wrote it, and as an earlier filter shows it if it differs. */
  List<String> raws() {
    return shownRaw.equals(raw) ? List.of(raw) : List.of(raw, shownRaw);
  }

  /** Returns whether other software could interpret the path differently than Gatehouse. */
  public boolean isAmbiguous() {
    return isAmbiguous(raw)
        || (!shownRaw.equals(raw) && isAmbiguous(shownRaw))
        || mapped.indexOf('\uFFFD') >= 0;
  }

  /** Returns whether other software could interpret a path differently, as it was written. */
  static boolean isAmbiguous(String raw) {
    return !isPlain(raw) && AMBIGUOUS.matcher(raw).find();
  }

  // A fast path for nearly all requests; the pattern would cost more than everything else that the
  // filter does. It accepts segments of letters, digits, - and _, with dots except at the
  // beginning.
  private static boolean isPlain(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    for (int i = 1; i < path.length(); i++) {
      var c = path.charAt(i);
      var beginsSegment = path.charAt(i - 1) == '/';
      if (!isLetterOrDigit(c) && (beginsSegment || (c != '/' && c != '.'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /**
   * Returns the path as requested, decoded by the container. The result is the directory even if
   * the container has already replaced it by a welcome file (Servlet 6.0 section 10.10).
   */
  String decoded() {
    if (raw.isEmpty() || raw.equals("/")) {
      return "/";
    }
    return raw.endsWith("/") && !mapped.endsWith("/") ? percentDecoded(raw) : mapped;
  }

  private static String percentDecoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notPercentEncoded) {
      return path;
    }
  }

  /**
   * Returns the names of the page, the requirements of each of which apply: the requested path, the
   * welcome file in its place, and the paths that an earlier filter shows.
   */
  List<String> names() {
    var decoded = decoded();
    if (decoded.equals(mapped) && isShownAsItIs()) {
      return List.of(decoded);
    }
    return Stream.concat(Stream.of(decoded, mapped), shownNames()).distinct().toList();
  }

  private boolean isShownAsItIs() {
    return shown.equals(mapped) && shownRaw.equals(raw);
  }

  // Servlets and routers read either of the two.
  private Stream<String> shownNames() {
    return shownRaw.equals(raw) ? Stream.of(shown) : Stream.of(shown, percentDecoded(shownRaw));
  }

  /** Returns the paths that must all be public for the page to be public. */
  public List<String> publicNames() {
    return isShownAsItIs()
        ? List.of(decoded())
        : Stream.concat(Stream.of(decoded()), shownNames()).distinct().toList();
  }

  /**
   * Returns the path and query to return to after login; empty if they are too long or could lead
   * elsewhere: such a return is dropped, never cut.
   */
  public Optional<String> returnPath(HttpServletRequest request) {
    var query = request.getQueryString();
    var path = raw.isEmpty() ? "/" : raw;
    var whole = query == null ? path : path + "?" + query;
    var safe =
        path.startsWith("/")
            && !isAmbiguous()
            && whole.length() <= MAX_RETURN_CHARACTERS
            && URL_CHARACTERS.matcher(whole).matches();
    return safe ? Optional.of(whole) : Optional.empty();
  }
}
