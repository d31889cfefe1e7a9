package io.gatehouse.internal.access;

import java.util.regex.Pattern;

/**
 * An exact path, a prefix {@code /prefix/*} with everything below it, or an extension {@code
 * *.ext}, with the precedence of servlet mappings: exact, then the longest prefix, then the
 * extension (Servlet 6.0 section 12.1).
 *
 * @param text the pattern, as configured
 */
public record PathPattern(String text) {
  private static final Pattern EXACT = Pattern.compile("/|(/[^/*;%\\\\\\p{Cntrl}]+)+/?");
  private static final Pattern PREFIX = Pattern.compile("(/[^/*;%\\\\\\p{Cntrl}]+)*/\\*");
  private static final Pattern EXTENSION = Pattern.compile("\\*\\.[^/*;%.\\\\\\p{Cntrl}]+");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(.*/)?\\.{1,2}(/.*)?");
  private static final int MAX_LENGTH = 1 << 20;

  /** The precedence of an exact path. */
  static final int EXACT_PATH = 2 * MAX_LENGTH;

  /** The pattern of every path. */
  public static final String EVERYTHING = "/*";

  public PathPattern {
    if (!isUsable(text)) {
      throw new IllegalArgumentException("exact paths, /prefix/* and *.ext only");
    }
  }

  /** Returns whether a pattern has one of the three forms. */
  public static boolean isUsable(String pattern) {
    return EXTENSION.matcher(pattern).matches()
        || ((EXACT.matcher(pattern).matches() || PREFIX.matcher(pattern).matches())
            && pattern.length() < MAX_LENGTH
            && !DOT_SEGMENT.matcher(pattern).matches());
  }

  boolean isPrefix() {
    return text.endsWith("/*");
  }

  boolean isExtension() {
    return text.startsWith("*.");
  }

  boolean isExact() {
    return !isPrefix() && !isExtension();
  }

  /** Returns the precedence; of two patterns that match a path, the greater decides. */
  int exactness() {
    if (isExact()) {
      return EXACT_PATH;
    }
    return isPrefix() ? MAX_LENGTH + text.length() : 0;
  }

  /** Returns whether the pattern matches a decoded path, character by character. */
  public boolean matches(String decodedPath) {
    if (isExtension()) {
      return decodedPath.regionMatches(
          decodedPath.length() - text.length() + 1, text, 1, text.length() - 1);
    }
    if (isExact()) {
      return text.equals(decodedPath);
    }
    var prefix = text.length() - 1;
    // As in a servlet mapping, /prefix/* includes /prefix (Servlet 6.0 section 12.2).
    return decodedPath.regionMatches(0, text, 0, prefix)
        || (decodedPath.length() == prefix - 1 && text.startsWith(decodedPath));
  }

  /** Returns whether this prefix and another pattern have a path in common. */
  boolean overlaps(String other) {
    return other.startsWith("*.")
        || matches(other.replaceFirst("/\\*$", ""))
        || new PathPattern(other).matches(text.replaceFirst("/\\*$", ""));
  }

  /**
   * Returns whether the pattern covers a canonical path if a router removes some suffixes of its
   * name, such as {@code .json}: at the end, or between others.
   */
  boolean coversWithoutSuffixes(String canonicalPath) {
    var slash = canonicalPath.lastIndexOf('/') + 1;
    if (canonicalPath.indexOf('.', slash + 1) < 0) {
      return false;
    }
    if (isExtension()) {
      return canonicalPath.indexOf(text.substring(1) + ".", slash + 1) > 0;
    }
    var path = withoutWildcard();
    return path.lastIndexOf('/') + 1 == slash
        && path.length() > slash
        && canonicalPath.startsWith(path.substring(0, slash))
        && isWithoutSuffixes(path.substring(slash), canonicalPath.substring(slash));
  }

  /** Returns the path that the pattern names; an extension as it is. */
  String withoutWildcard() {
    return isPrefix()
        ? text.substring(0, text.length() - 2)
        : isExtension() ? text : PathReadings.canonical(text);
  }

  // The part before the first dot stays; of the others, any may be missing.
  private static boolean isWithoutSuffixes(String own, String name) {
    var wanted = own.split("\\.", -1);
    var parts = name.split("\\.", -1);
    if (!parts[0].equals(wanted[0])) {
      return false;
    }
    var found = 1;
    for (int i = 1; i < parts.length && found < wanted.length; i++) {
      found += parts[i].equals(wanted[found]) ? 1 : 0;
    }
    return found == wanted.length;
  }

  /** Returns whether the pattern matches a reading of a path, or is itself a spelling of it. */
  boolean covers(String reading) {
    return matches(reading) || (isExact() && PathReadings.canonical(text).equals(reading));
  }
}
