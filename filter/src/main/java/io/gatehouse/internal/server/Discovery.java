package io.gatehouse.internal.server;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fetches the authorization server's metadata from the location of OpenID Connect Discovery 1.0
 * section 4 or, if that answers 404, of RFC 8414 section 3.1. Fetches nothing if every required
 * endpoint is configured.
 */
final class Discovery {
  private final ServerCalls calls;
  private final String issuer;
  private final Map<Endpoint, URI> configured;

  Discovery(ServerCalls calls, String issuer, Map<Endpoint, URI> configured) {
    this.calls = calls;
    this.issuer = issuer;
    this.configured = Map.copyOf(configured);
  }

  ServerMetadata fetch() throws LoginFailedException {
    if (ServerMetadata.areEnough(configured)) {
      return new ServerMetadata(issuer, configured, false, false, Set.of());
    }
    for (var place : places()) {
      var answer = calls.get(place);
      if (answer.isOk()) {
        return ServerMetadata.parse(answer.body(), issuer, configured);
      }
      if (answer.status() != 404) {
        throw FetchFailure.of(place, place.toString(), answer, "gatehouse.issuer");
      }
    }
    throw new LoginFailedException(
        Failure.UNAVAILABLE,
        "no metadata at " + places() + " (status 404); is gatehouse.issuer right?");
  }

  private List<URI> places() {
    var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    var path = URI.create(base).getRawPath();
    var origin = base.substring(0, base.length() - path.length());
    return List.of(
        URI.create(base + "/.well-known/openid-configuration"),
        URI.create(origin + "/.well-known/oauth-authorization-server" + path));
  }
}
