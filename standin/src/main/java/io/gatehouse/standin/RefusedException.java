package io.gatehouse.standin;

/** An authorization request that ends on the server's own error page. */
final class RefusedException extends Exception {

  private final String error;

  /**
   * @param error code in the manner of RFC 6749, 4.1.2.1
   * @param description what was expected
   */
  RefusedException(String error, String description) {
    super(description);
    this.error = error;
  }

  static RefusedException invalidRequest(String description) {
    return new RefusedException("invalid_request", description);
  }

  String error() {
    return error;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
