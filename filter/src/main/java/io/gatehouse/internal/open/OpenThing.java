package io.gatehouse.internal.open;

import io.gatehouse.internal.observability.OptionalApis;
import jakarta.servlet.AsyncContext;

/** A resource that an application has open for a user. */
public interface OpenThing {
  /** Returns whether the resource is open, or may be, if it does not report that. */
  boolean isOpen();

  /** Closes the resource. This can take as long as its client lets it. */
  void close() throws Exception;

  static OpenThing of(AutoCloseable resource) {
    if (OptionalApis.haveWebSockets() && OpenSocket.is(resource)) {
      return OpenSocket.of(resource);
    }
    return OptionalApis.haveRest() && OpenEvents.are(resource)
        ? OpenEvents.of(resource)
        : new Closeable(resource);
  }

  static OpenThing of(AsyncContext request) {
    return new Request(request);
  }

  /** A resource that does not report whether it is open. */
  record Closeable(AutoCloseable resource) implements OpenThing {
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
  record Request(AsyncContext context) implements OpenThing {
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
