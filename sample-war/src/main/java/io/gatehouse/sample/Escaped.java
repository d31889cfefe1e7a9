package io.gatehouse.sample;

import org.jspecify.annotations.Nullable;

/**
 * Text made safe for HTML content and for quoted attributes; {@code s:text} in the pages. Claims
 * and API answers are written by others, so no page prints anything without it.
 */
public final class Escaped {
  private Escaped() {}

  /** The text of {@code value}, escaped; nothing for {@code null}. */
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
