package io.gatehouse.standin.request;

/** Thrown for an authorization request that ends on the authorization server's own error page. */
public final class RefusedException extends Exception {

  private final String error;

  /**
   * Creates the exception.
   *
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
