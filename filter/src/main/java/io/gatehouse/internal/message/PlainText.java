package io.gatehouse.internal.message;

/**
 * Text for one line of a log: printable ASCII of a limited length. Text of a server, a proxy or a
 * browser could otherwise forge lines of the log, control a terminal, or fill the disk.
 */
public final class PlainText {
  private static final int MAX_CHARACTERS = 400;

  private PlainText() {}

  /** Returns the text with a question mark for each other character, and without its excess. */
  public static String of(String text) {
    var cut = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "..." : text;
    return cut.replaceAll("[^\\x20-\\x7E]", "?");
  }

  /** Returns the arguments of a format, each text among them as {@link #of} returns it. */
  public static Object[] arguments(Object... arguments) {
    var plain = arguments.clone();
    for (var i = 0; i < plain.length; i++) {
      if (plain[i] instanceof String text) {
        plain[i] = of(text);
      }
    }
    return plain;
  }
}
