package io.gatehouse.internal.access;

import java.util.regex.Pattern;

/**
 * An exact path, or all below {@code /prefix/*}. Compared to the path that the container decoded,
 * letter by letter.
 *
 * @param text the pattern, as it was configured
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

  /** Whether a pattern is one of the two kinds. */
  public static boolean isUsable(String pattern) {
    return (EXACT.matcher(pattern).matches() || PREFIX.matcher(pattern).matches())
        && !DOT_SEGMENT.matcher(pattern).matches();
  }

  boolean matches(String decodedPath) {
    if (!text.endsWith("/*")) {
      return text.equals(decodedPath);
    }
    var prefix = text.length() - 1;
    // As a servlet mapping, /prefix/* holds /prefix too (Servlet 6.0 section 12.2).
    return decodedPath.regionMatches(0, text, 0, prefix)
        || (decodedPath.length() == prefix - 1 && text.startsWith(decodedPath));
  }
}
