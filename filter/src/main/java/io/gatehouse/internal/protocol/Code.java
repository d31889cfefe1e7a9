package io.gatehouse.internal.protocol;

/**
 * An authorization code that returned to the browser and login for which it was issued; only a
 * checked {@link AuthorizationResponse} yields one. The string form hides the code.
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
