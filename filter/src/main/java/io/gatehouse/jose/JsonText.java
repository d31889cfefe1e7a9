package io.gatehouse.jose;

import java.util.Map;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * One JSON object to the letter of RFC 8259. The parser of jose4j takes more for JSON, so two
 * readers of one signed text could find different members in it (RFC 7515 section 10.12).
 */
final class JsonText {
  private static final int MOST_LEVELS = 100;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?"); // section 6
  private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\x00-\\x1F]*+"); // section 7
  private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\/bfnrt]|u[0-9A-Fa-f]{4})");
  private static final Pattern LITERAL = Pattern.compile("true|false|null");
  private static final Pattern WHITESPACE = Pattern.compile("[ \t\r\n]*+");

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * The members of the object.
   *
   * @throws JoseException if it is none, has a name twice, or more than 100 levels
   */
  static Map<String, Object> object(String text) throws JoseException {
    if (!new JsonText(text).isOneObject()) {
      throw new JoseException("not one JSON object (RFC 8259)");
    }
    return JsonUtil.parseJson(text);
  }

  private boolean isOneObject() {
    skip(WHITESPACE);
    return next() == '{' && isValue(0) && at == text.length();
  }

  private boolean isValue(int level) {
    skip(WHITESPACE);
    var is =
        switch (next()) {
          case '{' -> isContainer('}', level + 1);
          case '[' -> isContainer(']', level + 1);
          case '"' -> isString();
          case 't', 'f', 'n' -> skip(LITERAL);
          default -> skip(NUMBER);
        };
    skip(WHITESPACE);
    return is;
  }

  // Sections 4 and 5.
  private boolean isContainer(char end, int level) {
    at++;
    skip(WHITESPACE);
    if (next() == end) {
      at++;
      return level <= MOST_LEVELS;
    }
    while (level <= MOST_LEVELS && (end == ']' || isName()) && isValue(level)) {
      var separator = next();
      at++;
      if (separator != ',') {
        return separator == end;
      }
    }
    return false;
  }

  private boolean isString() {
    if (next() != '"') {
      return false;
    }
    at++;
    do {
      skip(PLAIN);
    } while (skip(ESCAPE));
    return next() == '"' && at++ >= 0;
  }

  private boolean isName() {
    skip(WHITESPACE);
    var is = isString();
    skip(WHITESPACE);
    return is && next() == ':' && at++ >= 0;
  }

  private char next() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean skip(Pattern pattern) {
    var matcher = pattern.matcher(text).region(at, text.length());
    var is = matcher.lookingAt();
    at = is ? matcher.end() : at;
    return is;
  }
}
