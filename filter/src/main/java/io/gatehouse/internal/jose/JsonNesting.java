package io.gatehouse.internal.jose;

/**
 * Checks the form of a JSON text before it is parsed: parsers differ in their treatment of text
 * after the value and of deep nesting, and some recurse until the stack overflows.
 */
final class JsonNesting {
  private static final int MAX_LEVELS = 100;

  private JsonNesting() {}

  /**
   * Returns whether only whitespace follows the first value (RFC 8259 section 2), and its nesting
   * is shallow.
   */
  static boolean isOneShallowValue(byte[] utf8) {
    var levels = 0;
    var inString = false;
    var ended = false;
    for (var i = 0; i < utf8.length; i++) {
      var character = utf8[i];
      if (inString) {
        inString = character != '"';
        i += character == '\\' ? 1 : 0;
        continue;
      }
      if (ended && !isWhitespace(character)) {
        return false;
      }
      inString = character == '"';
      levels += change(character);
      if (levels > MAX_LEVELS) {
        return false;
      }
      ended = ended || (levels == 0 && change(character) < 0);
    }
    return true;
  }

  private static int change(byte character) {
    return switch (character) {
      case '[', '{' -> 1;
      case ']', '}' -> -1;
      default -> 0;
    };
  }

  private static boolean isWhitespace(byte character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }
}
