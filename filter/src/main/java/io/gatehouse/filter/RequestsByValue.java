package io.gatehouse.filter;

import io.gatehouse.protocol.AuthorizationRequest;
import io.gatehouse.protocol.AuthorizationServer;
import io.gatehouse.protocol.Endpoint;
import io.gatehouse.protocol.Failure;
import io.gatehouse.protocol.LoginFailedException;
import io.gatehouse.protocol.LoginKeyRing;
import io.gatehouse.protocol.PendingLogin;
import io.gatehouse.protocol.RequestedAuthentication;
import java.net.URI;

/** Requests that the browser carries in the address (RFC 9101 section 5.1). */
final class RequestsByValue implements RequestPassing {
  // Quarkus, and with it Keycloak, takes a request line of 4096; others take 8000 (RFC 9112 3).
  static final int MOST_CHARACTERS = 4000;

  private final AuthorizationServer server;
  private final LoginKeyRing ring;
  private final String ownPath;

  RequestsByValue(AuthorizationServer server, LoginKeyRing ring, String ownPath) {
    this.server = server;
    this.ring = ring;
    this.ownPath = ownPath;
  }

  @Override
  public Passed pass(PendingLogin login, RequestedAuthentication requested, String publicUrlNow)
      throws LoginFailedException {
    var metadata = server.metadata();
    metadata.requireTakesRequestsUnpushed();
    metadata.requireAnswersIn(login.client().responseMode());
    var endpoint = metadata.at(Endpoint.AUTHORIZATION);
    var fitting = requested;
    var location = location(endpoint, login, fitting, publicUrlNow);
    if (location.length() > MOST_CHARACTERS) {
      fitting = requested.withoutWishes();
      location = location(endpoint, login, fitting, publicUrlNow);
    }
    if (location.length() > MOST_CHARACTERS) {
      throw new LoginFailedException(
          Failure.MISCONFIGURED,
          "the request makes an address of more than "
              + MOST_CHARACTERS
              + " characters, which servers need not take; set gatehouse.request-mode to pushed or"
              + " hosted");
    }
    return new Passed(location, fitting);
  }

  private String location(
      URI endpoint, PendingLogin login, RequestedAuthentication requested, String publicUrlNow) {
    return new AuthorizationRequest(login, requested, publicUrlNow + ownPath + "/callback")
        .locationByValue(endpoint, ring);
  }
}
