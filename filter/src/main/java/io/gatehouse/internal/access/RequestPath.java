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
 * The path of a request within the application, once as the browser wrote it and once as the
 * container decoded it. What reads differently to a container, a proxy and us is {@link
 * #isAmbiguous}, and never decided by its path.
 */
public final class RequestPath {
  private static final int MAX_RETURN_CHARACTERS = 2048;

  // Servlet 6.1 section 3.5.2: what a container has to refuse or to read as the canonical path;
  // and a space at the end, which Open Liberty takes off the path info
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "^[^/]|[^\\x21-\\x7E]|[;#\\\\\"<>^`{|}]|//|/\\.{1,2}(/|$)"
              + "|%(?![0-9A-Fa-f]{2})|%([01][0-9A-Fa-f]|7[fF]|2[eEfF5]|3[bB]|5[cC])|%20$");
  // A browser writes the others as %XX, except the backslash, which it may take for a slash.
  private static final Pattern URL_CHARACTERS = Pattern.compile("[\\x21-\\x7E&&[^\"<>\\\\]]*");
  private static final Pattern SESSION_ID = Pattern.compile(";jsessionid=[A-Za-z0-9._!~-]{1,256}$");

  private final String raw;
  private final String mapped; // what servlet mappings are about: with the welcome file, if any
  private final String shown; // by a filter before ours, if it has wrapped the request

  private RequestPath(String raw, String mapped, String shown) {
    this.raw = raw;
    this.mapped = mapped;
    this.shown = shown;
  }

  public static RequestPath of(HttpServletRequest request) {
    var container = ContainerRequest.of(request);
    var uri = withoutSessionId(container.getRequestURI());
    var context = container.getContextPath();
    var raw = uri.startsWith(context) ? uri.substring(context.length()) : "//"; // absolute form
    var mapped = mapped(container);
    return new RequestPath(raw, mapped, container == request ? mapped : mapped(request));
  }

  /** The path that a request is mapped by: servlet path and path info. */
  public static String mapped(HttpServletRequest request) {
    var servletPath = Objects.requireNonNullElse(request.getServletPath(), "");
    var pathInfo = request.getPathInfo();
    return pathInfo == null ? servletPath : servletPath + pathInfo;
  }

  /** The path that a dispatch leads to; that of an include is not the request's own. */
  public static String target(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.INCLUDE
        ? Objects.toString(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH), "")
            + Objects.toString(request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO), "")
        : mapped(ContainerRequest.of(request));
  }

  private static String withoutSessionId(String uri) {
    return uri.indexOf(';') < 0 ? uri : SESSION_ID.matcher(uri).replaceFirst("");
  }

  /** Whether the path could mean one thing to us and another to somebody else. */
  public boolean isAmbiguous() {
    return (!isPlain(raw) && AMBIGUOUS.matcher(raw).find()) || mapped.indexOf('\uFFFD') >= 0;
  }

  // Nearly all paths, for which the pattern would cost more than all else that the filter does:
  // segments of letters, digits, - and _, in which a dot may stand, though not at the beginning.
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
   * The path as it was asked for and the container decoded it: the directory even where the
   * container has already put a welcome file in its place (Servlet 6.0 section 10.10).
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
   * The names of the page that is served, each of which counts for what is asked for at it: the
   * path that was asked for, then the welcome file in its place, and the path that a filter before
   * ours shows.
   */
  List<String> names() {
    var decoded = decoded();
    if (decoded.equals(mapped) && shown.equals(mapped)) {
      return List.of(decoded);
    }
    return Stream.of(decoded, mapped, shown).distinct().toList();
  }

  /** The paths that all have to be public for the page to be public. */
  public List<String> publicNames() {
    return shown.equals(mapped) ? List.of(decoded()) : List.of(decoded(), shown);
  }

  /**
   * The path and query to return to after log-in; empty for what is too long or could lead
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
