package io.gatehouse.internal.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The readings of a path: the paths for which a router behind the filter may take it. Routers treat
 * a slash at the end, doubled slashes, path parameters, a suffix, encoded letters and dot segments
 * as they like, so a rule that restricts a path holds for each of its readings.
 */
final class PathReadings {
  private static final int MAX_DECODINGS = 3;
  private static final Set<String> WELCOME_FILES =
      Set.of("index.html", "index.htm", "index.jsp", "index.xhtml", "index.jsf", "index.faces");

  private PathReadings() {}

  /** Returns the readings of paths that the container has decoded, but for their suffixes. */
  static Set<String> of(Collection<String> decodedPaths) {
    var readings = new LinkedHashSet<String>();
    decodedPaths.forEach(it -> addTo(readings, it));
    return readings;
  }

  /**
   * Returns the readings that result if a router ignores suffixes such as {@code .json}, and the
   * directories of welcome files.
   */
  static Set<String> shorter(Collection<String> readings) {
    var shorter = new LinkedHashSet<String>();
    for (var reading : readings) {
      var path = canonical(reading);
      if (WELCOME_FILES.contains(path.substring(path.lastIndexOf('/') + 1))) {
        shorter.add(canonical(path.substring(0, path.lastIndexOf('/') + 1)));
      }
      var dot = path.lastIndexOf('.');
      while (dot > path.lastIndexOf('/') + 1) {
        path = path.substring(0, dot);
        shorter.add(path);
        dot = path.lastIndexOf('.');
      }
    }
    shorter.removeAll(readings);
    return shorter;
  }

  /**
   * Returns the readings of a path as the browser wrote it: decoded never, once and several times,
   * with and without path parameters, and up to a character that may end a path.
   */
  static Set<String> ofRaw(String raw) {
    var readings = new LinkedHashSet<String>();
    var decoded = raw;
    for (int i = 0; i <= MAX_DECODINGS; i++) {
      addTo(readings, decoded);
      addTo(readings, withoutParameters(decoded));
      if (decoded.indexOf('%') < 0) {
        break;
      }
      decoded = percentDecoded(decoded);
    }
    return readings;
  }

  private static void addTo(Set<String> readings, String path) {
    readings.add(path);
    readings.add(canonical(path));
    var end = end(path);
    if (end < path.length()) {
      readings.add(canonical(path.substring(0, end)));
    }
  }

  /**
   * Returns a path with single slashes, without dot segments, path parameters, white space and a
   * slash at the end.
   */
  static String canonical(String path) {
    if (isCanonical(path)) {
      return path;
    }
    var segments = new ArrayDeque<String>();
    for (var segment : withoutParameters(path).replace('\\', '/').split("/", -1)) {
      var name = segment.strip().trim(); // white space, and all control characters
      if (name.equals("..")) {
        segments.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        segments.addLast(name);
      }
    }
    return "/" + String.join("/", segments);
  }

  // Nearly all paths, which then need no new text.
  private static boolean isCanonical(String path) {
    if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
      return false;
    }
    for (int i = 1; i < path.length(); i++) {
      var c = path.charAt(i);
      var isFirst = path.charAt(i - 1) == '/';
      if (c == ';' || c == '\\' || c <= ' ' || c > '~' || (isFirst && (c == '/' || c == '.'))) {
        return false;
      }
    }
    return true;
  }

  private static String withoutParameters(String path) {
    return path.indexOf(';') < 0 ? path : path.replaceAll(";[^/\\\\]*", "");
  }

  // A router may end a path at a query, a fragment or a NUL that was encoded.
  private static int end(String path) {
    for (int i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      if (c == '?' || c == '#' || c == '\0') {
        return i;
      }
    }
    return path.length();
  }

  static String percentDecoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notPercentEncoded) {
      return path;
    }
  }
}
