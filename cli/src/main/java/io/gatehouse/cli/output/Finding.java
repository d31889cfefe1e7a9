package io.gatehouse.cli.output;

/**
 * One thing that was looked at.
 *
 * @param subject a property by its full name, or what else was looked at
 * @param text what was found, without anything secret
 * @param mend what to do about it; empty if there is nothing to do
 */
record Finding(Status status, String subject, String text, String mend) {
  private static final int MAX_CHARACTERS = 600;

  /** The result for what was looked at. */
  enum Status {
    OK,
    WARN,
    FAIL
  }

  Finding {
    text = plain(text);
    mend = plain(mend);
  }

  // Some of it a server wrote: that must not steer the terminal, or fill it.
  private static String plain(String text) {
    var cut = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "..." : text;
    return cut.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
