package io.gatehouse.filter;

import io.gatehouse.protocol.AuthorizationRequest;
import io.gatehouse.protocol.AuthorizationServer;
import io.gatehouse.protocol.Endpoint;
import io.gatehouse.protocol.LoginFailedException;
import io.gatehouse.protocol.LoginKeyRing;
import io.gatehouse.protocol.PendingLogin;
import io.gatehouse.protocol.PushedRequestEndpoint;
import io.gatehouse.protocol.RequestedAuthentication;

/** Requests that the server has got before the browser comes (RFC 9126): a call for each log-in. */
final class RequestsPushed implements RequestPassing {
  private final AuthorizationServer server;
  private final PushedRequestEndpoint endpoint;
  private final LoginKeyRing ring;
  private final String ownPath;

  RequestsPushed(
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
    var request = new AuthorizationRequest(login, requested, publicUrlNow + ownPath + "/callback");
    var metadata = server.metadata();
    metadata.requireAnswersIn(login.client().responseMode());
    var requestUri = endpoint.push(request.requestObject(ring), login.client());
    return new Passed(
        request.locationOfPushed(metadata.at(Endpoint.AUTHORIZATION), requestUri), requested);
  }
}
