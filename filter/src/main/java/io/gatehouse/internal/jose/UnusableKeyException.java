package io.gatehouse.internal.jose;

/** A key or secret that cannot be used; the message says what it lacks and never what it holds. */
public final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fault;

  UnusableKeyException(String fault) {
    super(fault);
    this.fault = fault;
  }

  /** What is wrong with the key, to follow its name in a sentence. */
  public String fault() {
    return fault;
  }
}
