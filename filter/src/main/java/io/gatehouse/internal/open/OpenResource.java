package io.gatehouse.internal.open;

import io.gatehouse.internal.observability.OptionalApis;
import jakarta.servlet.AsyncContext;

/** A resource that an application has open for a user. */
public interface OpenResource {
  /** Returns whether the resource is open, or may be, if it does not report that. */
  boolean isOpen();

  /** Closes the resource. This can take as long as its client lets it. */
  void close() throws Exception;

  static OpenResource of(AutoCloseable resource) {
    if (OptionalApis.haveWebSockets() && OpenWebSocket.is(resource)) {
      return OpenWebSocket.of(resource);
    }
    return OptionalApis.haveRest() && OpenEventStream.is(resource)
        ? OpenEventStream.of(resource)
        : new Closeable(resource);
  }

  static OpenResource of(AsyncContext request) {
    return new Request(request);
  }

  /** A resource that does not report whether it is open. */
  record Closeable(AutoCloseable resource) implements OpenResource {
    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() throws Exception {
      resource.close();
    }
  }

  /** An asynchronous request; {@link EndOfRequest} observes whether it is complete. */
  record Request(AsyncContext context) implements OpenResource {
    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      context.complete();
    }
  }
}
