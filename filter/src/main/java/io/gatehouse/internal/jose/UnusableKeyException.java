package io.gatehouse.internal.jose;

/**
 * Thrown if a key or secret is unusable; the message names the fault and never quotes the content.
 */
public final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fault;

  UnusableKeyException(String fault) {
    super(fault);
    this.fault = fault;
  }

  /** Returns the fault of the key, worded to follow its name in a sentence. */
  public String fault() {
    return fault;
  }
}
