package io.gatehouse.internal.open;

import jakarta.ws.rs.sse.SseEventSink;

/**
 * An event stream of Jakarta REST. Only this class of the package uses Jakarta REST; it is loaded
 * only if that API is present.
 */
record OpenEvents(SseEventSink sink) implements OpenThing {
  static boolean are(AutoCloseable resource) {
    return resource instanceof SseEventSink;
  }

  static OpenThing of(AutoCloseable resource) {
    return new OpenEvents((SseEventSink) resource);
  }

  @Override
  public boolean isOpen() {
    return !sink.isClosed();
  }

  @Override
  public void close() throws Exception {
    sink.close();
  }
}
