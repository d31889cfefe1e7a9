package io.gatehouse.internal.open;

import jakarta.ws.rs.sse.SseEventSink;

/**
 * An event stream of Jakarta REST. Only this class of the package uses Jakarta REST; it is loaded
 * only if that API is present.
 */
record OpenEventStream(SseEventSink sink) implements OpenResource {
  static boolean is(AutoCloseable resource) {
    return resource instanceof SseEventSink;
  }

  static OpenResource of(AutoCloseable resource) {
    return new OpenEventStream((SseEventSink) resource);
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
