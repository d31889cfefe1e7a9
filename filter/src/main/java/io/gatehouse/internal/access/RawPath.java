package io.gatehouse.internal.access;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path as written in the request line, or in {@code :path} (RFC 9113 section 8.3.1). */
public final class RawPath {
  private static final int MAX_ENCODINGS = 3;
  private static final Pattern ENCODED = Pattern.compile("%(2[eEfF5]|5[cC]|3[bB])");

  private RawPath() {}

  /**
   * Returns whether the path leaves the application, even if it comes back: by {@code ..} in any
   * encoding, with path parameters, or with backslashes. No honest client sends such a path (RFC
   * 3986 section 5.2.4), and containers differ in interpreting it.
   *
   * @param uri the path with the context path, as {@code getRequestURI} returns it
   */
  public static boolean leaves(String contextPath, String uri) {
    if (!mayHaveDotSegments(uri)) {
      return false;
    }
    var context = segments(decoded(contextPath));
    var all = segments(decoded(uri));
    if (!all.contains("..")) {
      return false;
    }
    if (all.size() < context.size() || !all.subList(0, context.size()).equals(context)) {
      return true;
    }
    var depth = 0;
    for (var segment : all.subList(context.size(), all.size())) {
      depth += segment.equals("..") ? -1 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayHaveDotSegments(String uri) {
    for (int i = 1; i < uri.length(); i++) {
      var c = uri.charAt(i);
      if (c == '%' || (c == '.' && uri.charAt(i - 1) == '.')) {
        return true;
      }
    }
    return false;
  }

  // Decodes only characters that can form a dot segment; any other encoding, even a wrong one,
  // changes none.
  private static String decoded(String path) {
    var it = path;
    for (int i = 0; i < MAX_ENCODINGS && it.indexOf('%') >= 0; i++) {
      it = ENCODED.matcher(it).replaceAll(RawPath::character);
    }
    return it;
  }

  private static String character(MatchResult encoded) {
    var character = (char) Integer.parseInt(encoded.group(1), 16);
    return Matcher.quoteReplacement(String.valueOf(character));
  }

  // Without empty and "." segments, of which containers remove some and count others.
  private static List<String> segments(String path) {
    return List.of(path.replace('\\', '/').split("/", -1)).stream()
        .map(it -> it.replaceFirst(";.*", ""))
        .filter(it -> !it.isEmpty() && !it.equals("."))
        .toList();
  }
}
