package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.AuthorizationRequest;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import java.net.URI;

/** Passes requests that the browser carries in the address (RFC 9101 section 5.1). */
public final class RequestsByValue implements RequestPassing {
  // Quarkus, and with it Keycloak, accepts a request line of 4096 characters; other servers accept
  // 8000 (RFC 9112 3).
  public static final int MAX_CHARACTERS = 4000;

  private final AuthorizationServer server;
  private final LoginKeyRing ring;
  private final String ownPath;

  public RequestsByValue(AuthorizationServer server, LoginKeyRing ring, String ownPath) {
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
    if (location.length() > MAX_CHARACTERS) {
      fitting = requested.withoutWishes();
      location = location(endpoint, login, fitting, publicUrlNow);
    }
    if (location.length() > MAX_CHARACTERS) {
      throw new LoginFailedException(
          Failure.MISCONFIGURED,
          "the request makes an address of more than "
              + MAX_CHARACTERS
              + " characters, which servers need not take; set gatehouse.request-mode to pushed or"
              + " hosted");
    }
    return new Passed(location, fitting);
  }

  private String location(
      URI endpoint, PendingLogin login, RequestedAuthentication requested, String publicUrlNow) {
    return new AuthorizationRequest(
            login, requested, new OwnPaths(publicUrlNow + ownPath).callback())
        .locationByValue(endpoint, ring);
  }
}
