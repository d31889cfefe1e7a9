package io.gatehouse.it.servers.container;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer; without a head if the container closed the connection.
 *
 * @param head the status line and the headers
 * @param fault the way in which it ended early, if it did
 */
public record RawAnswer(String head, String body, String fault) {
  static final RawAnswer NONE = new RawAnswer("", "", "");

  public int status() {
    return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
  }

  /** Returns the values of a header, regardless of its case. */
  public List<String> headers(String name) {
    var start = name.toLowerCase(Locale.ROOT) + ":";
    // By CR or LF alone too: some client may take either for the end of a header.
    return head.lines()
        .filter(it -> it.toLowerCase(Locale.ROOT).startsWith(start))
        .map(it -> it.substring(start.length()).strip())
        .toList();
  }

  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  boolean isLast() {
    return head.isEmpty()
        || !fault.isEmpty()
        || status() == 101
        || header("Connection").orElse("").equalsIgnoreCase("close");
  }

  /** Returns the status and the beginning of the body, for a message. */
  public String brief() {
    var text = body.strip().replace('\n', ' ');
    return status() + " " + text.substring(0, Math.min(text.length(), 80)) + fault;
  }
}
