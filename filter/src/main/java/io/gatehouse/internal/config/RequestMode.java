package io.gatehouse.internal.config;

import io.gatehouse.internal.protocol.OwnPaths;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the signed request object reaches the server: {@code gatehouse.request-mode}. */
public enum RequestMode {
  /** The server fetches it from the application (RFC 9101 section 5.2). */
  HOSTED,
  /** The application sends it to the server beforehand (RFC 9126). */
  PUSHED,
  /** The browser carries it (RFC 9101 section 5.1). */
  VALUE;

  static Optional<RequestMode> named(String name) {
    return Arrays.stream(values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /**
   * What is to be registered for it, for people.
   *
   * @param ownUrl where our paths are for the server
   */
  public String registration(String ownUrl) {
    return switch (this) {
      case HOSTED -> "request_uri " + new OwnPaths(ownUrl).request("*");
      case PUSHED -> "no request_uri (requests are pushed, RFC 9126)";
      case VALUE -> "no request_uri (requests are in the address, RFC 9101 5.1)";
    };
  }
}
