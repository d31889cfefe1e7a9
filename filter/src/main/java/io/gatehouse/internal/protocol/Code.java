package io.gatehouse.internal.protocol;

/**
 * An authorization code that came back to the browser and the log-in it was issued for; only a
 * checked {@link AuthorizationResponse} yields one. Never printed.
 */
public final class Code {
  private final String value;

  Code(String value) {
    this.value = value;
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "Code[hidden]";
  }
}
