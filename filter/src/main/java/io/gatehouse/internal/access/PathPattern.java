package io.gatehouse.internal.access;

import java.util.regex.Pattern;

/**
 * An exact path, or a prefix {@code /prefix/*} with everything below it. Patterns are compared with
 * the path that the container decoded, character by character.
 *
 * @param text the pattern, as configured
 */
public record PathPattern(String text) {
  private static final Pattern EXACT = Pattern.compile("/|(/[^/*;%\\\\\\p{Cntrl}]+)+/?");
  private static final Pattern PREFIX = Pattern.compile("(/[^/*;%\\\\\\p{Cntrl}]+)*/\\*");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(.*/)?\\.{1,2}(/.*)?");

  public PathPattern {
    if (!isUsable(text)) {
      throw new IllegalArgumentException("exact paths and /prefix/* only");
    }
  }

  /** Returns whether a pattern has one of the two forms. */
  public static boolean isUsable(String pattern) {
    return (EXACT.matcher(pattern).matches() || PREFIX.matcher(pattern).matches())
        && !DOT_SEGMENT.matcher(pattern).matches();
  }

  boolean matches(String decodedPath) {
    if (!text.endsWith("/*")) {
      return text.equals(decodedPath);
    }
    var prefix = text.length() - 1;
    // As in a servlet mapping, /prefix/* includes /prefix (Servlet 6.0 section 12.2).
    return decodedPath.regionMatches(0, text, 0, prefix)
        || (decodedPath.length() == prefix - 1 && text.startsWith(decodedPath));
  }
}
