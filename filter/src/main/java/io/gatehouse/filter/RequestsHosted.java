package io.gatehouse.filter;

import io.gatehouse.protocol.AuthorizationRequest;
import io.gatehouse.protocol.AuthorizationServer;
import io.gatehouse.protocol.Endpoint;
import io.gatehouse.protocol.LoginFailedException;
import io.gatehouse.protocol.PendingLogin;
import io.gatehouse.protocol.RequestedAuthentication;
import java.net.URI;
import java.util.Optional;

/**
 * Requests that the server fetches from {@link RequestObjectServlet} (RFC 9101 section 5.2): what
 * they are made from travels in their address, sealed.
 */
final class RequestsHosted implements RequestPassing {
  private static final int MOST_REQUEST_URI_CHARACTERS = 512; // RFC 9101 section 5

  private final AuthorizationServer server;
  private final PublicUrl publicUrl;
  private final Optional<URI> backendUrl;
  private final String ownPath;

  /**
   * @param backendUrl where the server reaches the application, if not at the public URL
   */
  RequestsHosted(
      AuthorizationServer server, PublicUrl publicUrl, Optional<URI> backendUrl, String ownPath) {
    this.server = server;
    this.publicUrl = publicUrl;
    this.backendUrl = backendUrl;
    this.ownPath = ownPath;
  }

  @Override
  public Passed pass(PendingLogin login, RequestedAuthentication requested, String publicUrlNow)
      throws LoginFailedException {
    var metadata = server.metadata();
    metadata.requireTakesRequestsUnpushed();
    metadata.requireAnswersIn(login.client().responseMode());
    var fitting = requested;
    var requestUri = requestUri(login, publicUrlNow, fitting);
    if (requestUri.length() > MOST_REQUEST_URI_CHARACTERS) {
      fitting = requested.withoutWishes();
      requestUri = requestUri(login, publicUrlNow, fitting);
    }
    var request = new AuthorizationRequest(login, fitting, publicUrlNow + ownPath + "/callback");
    return new Passed(request.location(metadata.at(Endpoint.AUTHORIZATION), requestUri), fitting);
  }

  private String requestUri(
      PendingLogin login, String publicUrlNow, RequestedAuthentication requested) {
    // Only what is not configured has to travel: a server fetches by an address of its own.
    var derivedUrl = publicUrl.configured().isPresent() ? "" : publicUrlNow;
    return backendUrl.map(URI::toString).map(it -> it.replaceFirst("/+$", "")).orElse(publicUrlNow)
        + ownPath
        + "/request/"
        + login.handle(ownPath, new RequestDetail(derivedUrl, requested).sealable());
  }
}
