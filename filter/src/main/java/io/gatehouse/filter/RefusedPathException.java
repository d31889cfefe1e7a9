package io.gatehouse.filter;

/**
 * Ends a request before the first filter, where only an exception can; the container answers the
 * request.
 */
final class RefusedPathException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  RefusedPathException() {
    super("Gatehouse refused a request: its path is outside the application");
  }

  // Anyone can cause this exception, and its stack trace has no information.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
