package io.gatehouse.cli.output;

/**
 * One result of a check.
 *
 * @param subject the full name of a property, or the name of another thing that was checked
 * @param text the result, without secrets
 * @param remedy the remedy; empty if nothing needs to be done
 */
record Finding(Status status, String subject, String text, String remedy) {
  private static final int MAX_CHARACTERS = 600;

  /** The severity of a finding. */
  enum Status {
    OK,
    WARN,
    FAIL
  }

  Finding {
    text = plain(text);
    remedy = plain(remedy);
  }

  // A server may have written parts of the text: they must neither control nor flood the terminal.
  private static String plain(String text) {
    var cut = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "..." : text;
    return cut.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
