package io.gatehouse.standin.request;

/** An authorization request that ends on the server's own error page. */
public final class RefusedException extends Exception {

  private final String error;

  /**
   * @param error code in the manner of RFC 6749, 4.1.2.1
   * @param description what was expected
   */
  public RefusedException(String error, String description) {
    super(description);
    this.error = error;
  }

  public static RefusedException invalidRequest(String description) {
    return new RefusedException("invalid_request", description);
  }

  public String error() {
    return error;
  }

  public String description() {
    return String.valueOf(getMessage());
  }
}
