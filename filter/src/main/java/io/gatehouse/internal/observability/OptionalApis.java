package io.gatehouse.internal.observability;

/** Detects the APIs that a container may lack. */
public final class OptionalApis {
  private OptionalApis() {}

  /** Returns whether CDI's API is on the class path. */
  public static boolean haveCdi() {
    return have("jakarta.enterprise.inject.spi.CDI");
  }

  /** Returns whether Jakarta WebSocket's API is on the class path. */
  public static boolean haveWebSockets() {
    return have("jakarta.websocket.Session");
  }

  /** Returns whether Jakarta REST's API is on the class path. */
  public static boolean haveRest() {
    return have("jakarta.ws.rs.sse.SseEventSink");
  }

  private static boolean have(String className) {
    try {
      Class.forName(className, false, OptionalApis.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException without) {
      return false;
    }
  }
}
