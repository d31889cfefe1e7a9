package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.AuthorizationRequest;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.PushedRequestEndpoint;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.LoginFailedException;

/**
 * Passes requests that are pushed to the authorization server before the browser is sent there (RFC
 * 9126), with one call for each login.
 */
public final class RequestsPushed implements RequestPassing {
  private final AuthorizationServer server;
  private final PushedRequestEndpoint endpoint;
  private final LoginKeyRing ring;
  private final String ownPath;

  public RequestsPushed(
      AuthorizationServer server,
      PushedRequestEndpoint endpoint,
      LoginKeyRing ring,
      String ownPath) {
    this.server = server;
    this.endpoint = endpoint;
    this.ring = ring;
    this.ownPath = ownPath;
  }

  @Override
  public Passed pass(PendingLogin login, RequestedAuthentication requested, String publicUrlNow)
      throws LoginFailedException {
    var request =
        new AuthorizationRequest(login, requested, new OwnPaths(publicUrlNow + ownPath).callback());
    var metadata = server.metadata();
    metadata.requireAnswersIn(login.client().responseMode());
    var requestUri = endpoint.push(request.requestObject(ring), login.client());
    return new Passed(
        request.locationOfPushed(metadata.at(Endpoint.AUTHORIZATION), requestUri), requested);
  }
}
