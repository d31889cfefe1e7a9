package io.gatehouse.internal.access;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The readings of a path: the paths for which a router behind the filter may take it. Routers treat
 * a slash at the end, doubled slashes, path parameters, a suffix, encoded letters and dot segments
 * as they like, so a rule that restricts a path holds for each of its readings.
 */
final class PathReadings {
  private static final int MAX_DECODINGS = 3;
  private static final Pattern NO_CODE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private PathReadings() {}

  /** Returns the readings of paths that the container has decoded, but for their suffixes. */
  static Set<String> of(Collection<String> decodedPaths) {
    var readings = new LinkedHashSet<String>();
    decodedPaths.forEach(it -> addTo(readings, it));
    return readings;
  }

  /**
   * Returns the readings of a path as the browser wrote it: decoded never, once and several times,
   * with and without path parameters, and up to a character that may end a path.
   */
  static Set<String> ofRaw(String raw) {
    var readings = new LinkedHashSet<String>();
    var texts = Set.of(raw);
    for (int i = 0; i <= MAX_DECODINGS; i++) {
      var decoded = new LinkedHashSet<String>(); // at most two for each, and most are equal
      for (var text : texts) {
        var bare = withoutParameters(text);
        addTo(readings, text);
        addTo(readings, bare);
        decoded.add(percentDecoded(text));
        decoded.add(percentDecoded(bare)); // most routers remove parameters before they decode
      }
      texts = decoded;
    }
    return readings;
  }

  private static void addTo(Set<String> readings, String path) {
    readings.add(path);
    readings.add(canonical(path));
    readings.add(joined(path, true)); // a router may ignore empty segments, but not resolve dots
    var end = end(path);
    if (end < path.length()) {
      readings.add(canonical(path.substring(0, end)));
      readings.add(joined(path.substring(0, end), true));
    }
  }

  /**
   * Returns a path with single slashes, without dot segments, path parameters, white space and a
   * slash at the end.
   */
  static String canonical(String path) {
    return joined(path, false);
  }

  private static String joined(String path, boolean keepsDots) {
    if (isCanonical(path)) {
      return path;
    }
    var segments = new ArrayDeque<String>();
    for (var segment : withoutParameters(path).replace('\\', '/').split("/", -1)) {
      var name = stripped(segment);
      if (name.equals("..") && !keepsDots) {
        segments.pollLast();
      } else if (!name.isEmpty() && (keepsDots || !name.equals("."))) {
        segments.addLast(name);
      }
    }
    return "/" + String.join("/", segments);
  }

  // All that String.strip removes and all that String.trim removes.
  private static String stripped(String segment) {
    var begin = 0;
    var end = segment.length();
    while (begin < end && isBlank(segment.charAt(begin))) {
      begin++;
    }
    while (end > begin && isBlank(segment.charAt(end - 1))) {
      end--;
    }
    return segment.substring(begin, end);
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || Character.isWhitespace(c);
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

  static String withoutParameters(String path) {
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
    return percentDecoded(path, StandardCharsets.UTF_8);
  }

  // A percent sign that begins no code stands for itself, as lenient routers take it.
  static String percentDecoded(String path, Charset charset) {
    return path.indexOf('%') < 0
        ? path
        : URLDecoder.decode(NO_CODE.matcher(path).replaceAll("%25").replace("+", "%2B"), charset);
  }
}
