package io.gatehouse.internal.config;

import io.gatehouse.internal.protocol.OwnPaths;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The way in which the signed request object reaches the authorization server: {@code
 * gatehouse.request-mode}.
 */
public enum RequestMode {
  /** The authorization server fetches the object from the application (RFC 9101 section 5.2). */
  HOSTED,
  /** The application sends the object to the authorization server beforehand (RFC 9126). */
  PUSHED,
  /** The browser carries the object (RFC 9101 section 5.1). */
  VALUE;

  static Optional<RequestMode> named(String name) {
    return Arrays.stream(values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /**
   * Returns the values to register for this mode, as text for people.
   *
   * @param ownUrl the URL of Gatehouse's own paths, as the authorization server reaches them
   */
  public String registration(String ownUrl) {
    return switch (this) {
      case HOSTED -> "request_uri " + new OwnPaths(ownUrl).request("*");
      case PUSHED -> "no request_uri (requests are pushed, RFC 9126)";
      case VALUE -> "no request_uri (requests are in the address, RFC 9101 5.1)";
    };
  }
}
