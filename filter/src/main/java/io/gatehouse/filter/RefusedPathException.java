package io.gatehouse.filter;

/** Ends a request before the first filter, where nothing else can; the container answers it. */
final class RefusedPathException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  RefusedPathException() {
    super("Gatehouse refused a request: its path is outside the application");
  }

  // Anybody can cause one, and a stack trace tells nothing.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
