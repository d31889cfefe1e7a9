package io.gatehouse.filter;

import io.gatehouse.jose.JwsAlgorithm;
import io.gatehouse.jose.JwsSigner;
import io.gatehouse.jose.SigningKey;
import io.gatehouse.protocol.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The whole configuration, read and checked: what {@link Gatehouse} is put together from, and
 * nothing that is passed on.
 */
record Configuration(Server server, Client client, Keys keys, Application application, Http http) {

  /** The authorization server. */
  record Server(
      String issuer,
      Map<Endpoint, URI> endpoints,
      String idTokenIssuer,
      Set<JwsAlgorithm> idTokenAlgorithms) {}

  /** What the application is at the server. */
  record Client(
      String clientId,
      String scope,
      String audience,
      Optional<String> assertionTyp,
      Duration clockSkew,
      Duration loginTimeout) {}

  /**
   * What it signs and seals with.
   *
   * @param published the keys in our JWKS, the current one first
   * @param material what the keys of log-ins are derived from, the current one first
   */
  record Keys(
      JwsSigner requestObjectSigner,
      JwsSigner assertionSigner,
      List<SigningKey> published,
      List<KeyingMaterial> material) {}

  /** Where the application is and what of it is public. */
  record Application(
      PublicUrl publicUrl,
      Optional<URI> backendUrl,
      String path,
      String landingPage,
      PublicPaths publicPaths) {}

  /** How the server is called. */
  record Http(Duration connectTimeout, Duration timeout, SSLContext trust) {}
}
