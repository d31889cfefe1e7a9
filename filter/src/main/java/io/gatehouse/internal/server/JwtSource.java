package io.gatehouse.internal.server;

import java.time.Duration;

/**
 * The ways in which a signed JWT reaches this client. An unknown {@code kid} causes a renewal of
 * the authorization server's keys, so each way has its own limit: JWTs that anyone can invent use
 * up no renewal that a user needs.
 */
public enum JwtSource {
  /** An ID token of the token endpoint, which only the authorization server can send. */
  ID_TOKEN(Duration.ofSeconds(5)),
  /**
   * An access token of the token endpoint. It may be for an API with keys of its own, which no
   * renewal would find.
   */
  ACCESS_TOKEN(Duration.ofSeconds(60)),
  /** A signed authorization response: of any browser that has begun a login (JARM 2.4). */
  AUTHORIZATION_RESPONSE(Duration.ofSeconds(60)),
  /** A logout token: from anyone (OpenID Connect Back-Channel Logout 1.0 section 2.5). */
  LOGOUT_TOKEN(Duration.ofSeconds(60));

  private final Duration pause;

  JwtSource(Duration pause) {
    this.pause = pause;
  }

  /** Returns the shortest time between two renewals of the keys for JWTs of this source. */
  Duration pause() {
    return pause;
  }
}
