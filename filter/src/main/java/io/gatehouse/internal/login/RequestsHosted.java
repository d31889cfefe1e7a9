package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.AuthorizationRequest;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.web.PublicUrl;
import java.net.URI;
import java.util.Optional;

/**
 * Passes requests that the authorization server fetches from {@link RequestObjectServlet} (RFC 9101
 * section 5.2). Their parameters travel in their address, sealed.
 */
public final class RequestsHosted implements RequestPassing {
  static final int MAX_REQUEST_URI_CHARACTERS = 512; // RFC 9101 section 5

  private final AuthorizationServer server;
  private final PublicUrl publicUrl;
  private final Optional<URI> backendUrl;
  private final String ownPath;

  /**
   * Creates the passing.
   *
   * @param backendUrl the address at which the authorization server reaches the application, if it
   *     differs from the public URL
   */
  public RequestsHosted(
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
    if (requestUri.length() > MAX_REQUEST_URI_CHARACTERS) {
      fitting = requested.withoutWishes();
      requestUri = requestUri(login, publicUrlNow, fitting);
    }
    if (requestUri.length() > MAX_REQUEST_URI_CHARACTERS) {
      throw new LoginFailedException(
          Failure.MISCONFIGURED,
          "the request_uri has more than "
              + MAX_REQUEST_URI_CHARACTERS
              + " characters (RFC 9101 5); shorten gatehouse.acr-values, gatehouse.required-acr or"
              + " gatehouse.public-url");
    }
    var request =
        new AuthorizationRequest(login, fitting, new OwnPaths(publicUrlNow + ownPath).callback());
    return new Passed(request.location(metadata.at(Endpoint.AUTHORIZATION), requestUri), fitting);
  }

  private String requestUri(
      PendingLogin login, String publicUrlNow, RequestedAuthentication requested) {
    // Only a URL that is not configured has to travel: the authorization server may fetch from
    // another address.
    var derivedUrl = publicUrl.configured().isPresent() ? "" : publicUrlNow;
    var base =
        backendUrl.map(URI::toString).map(it -> it.replaceFirst("/+$", "")).orElse(publicUrlNow);
    var handle = login.handle(ownPath, new HandleDetail(derivedUrl, requested).sealable());
    return new OwnPaths(base + ownPath).request(handle);
  }
}
