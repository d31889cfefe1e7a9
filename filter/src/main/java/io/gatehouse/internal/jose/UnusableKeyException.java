package io.gatehouse.internal.jose;

import java.util.stream.Stream;

/**
 * Thrown if a key, secret or key set is unusable; the text names the fault and never quotes the
 * content, but for the {@code kid} of public keys.
 */
public final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final transient Object[] more;

  /**
   * Creates the exception.
   *
   * @param text a format whose first argument is the name of the key
   * @param more the other arguments
   */
  UnusableKeyException(String text, Object... more) {
    super(format(text, "the key", more));
    this.text = text;
    this.more = more;
  }

  /**
   * Returns the fault.
   *
   * @param name the name of the key, such as its property
   */
  public String faultOf(String name) {
    return format(text, name, more);
  }

  private static String format(String text, String name, Object... more) {
    return text.formatted(Stream.concat(Stream.of(name), Stream.of(more)).toArray());
  }
}
