package io.gatehouse.sample;

import org.jspecify.annotations.Nullable;

/**
 * Text made safe for HTML content and for quoted attributes; {@code s:text} in the pages. Others
 * write the claims and the API answers, so every page prints them through this class.
 */
public final class Escaped {
  private Escaped() {}

  /** Returns the text of {@code value}, escaped; an empty text for {@code null}. */
  public static String text(@Nullable Object value) {
    var plain = value == null ? "" : value.toString();
    var html = new StringBuilder(plain.length() + 16);
    plain.chars().forEach(it -> append(html, (char) it));
    return html.toString();
  }

  private static void append(StringBuilder html, char character) {
    switch (character) {
      case '&' -> html.append("&amp;");
      case '<' -> html.append("&lt;");
      case '>' -> html.append("&gt;");
      case '"' -> html.append("&quot;");
      case '\'' -> html.append("&#39;");
      default -> html.append(character);
    }
  }
}
