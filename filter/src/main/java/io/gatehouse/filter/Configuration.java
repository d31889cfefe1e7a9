package io.gatehouse.filter;

import io.gatehouse.jose.JweDecrypter;
import io.gatehouse.jose.JwsAlgorithm;
import io.gatehouse.jose.JwsSigner;
import io.gatehouse.jose.SigningKey;
import io.gatehouse.protocol.Endpoint;
import io.gatehouse.protocol.IdTokenEncryption;
import io.gatehouse.protocol.ResponseMode;
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
record Configuration(
    Server server,
    Client client,
    Modes modes,
    Keys keys,
    Application application,
    Session session,
    Access access,
    Logout logout,
    Http http) {

  /** The authorization server. */
  record Server(
      String issuer,
      Map<Endpoint, URI> endpoints,
      String idTokenIssuer,
      Set<JwsAlgorithm> idTokenAlgorithms) {}

  String clientId() {
    return keys.current().clientId();
  }

  /** What the application is at the server. */
  record Client(
      String scope,
      String audience,
      Optional<String> assertionTyp,
      Duration clockSkew,
      Duration loginTimeout) {}

  /**
   * How messages travel between the application and the server.
   *
   * @param request how requests reach the server
   * @param response in which form its answers come
   * @param idTokenDecrypter with which ID tokens are decrypted; empty if they are signed only
   */
  record Modes(
      RequestMode request, ResponseMode response, Optional<JweDecrypter> idTokenDecrypter) {
    IdTokenEncryption encryption() {
      return new IdTokenEncryption(idTokenDecrypter);
    }
  }

  /**
   * What it signs and seals with, which may change while it runs.
   *
   * @param clients for each key, as whom the log-ins under it begin and end; the current one first
   * @param published the keys in our JWKS, the current one first
   */
  record Keys(List<ClientKeys> clients, List<SigningKey> published) {
    /** As whom a log-in begins now. */
    ClientKeys current() {
      return clients.get(0);
    }
  }

  /**
   * As whom a log-in begins and ends.
   *
   * @param material what the keys of its log-ins are derived from
   */
  record ClientKeys(
      String clientId,
      JwsSigner requestObjectSigner,
      JwsSigner assertionSigner,
      KeyingMaterial material) {
    /** The same client, for log-ins under another key. */
    ClientKeys under(KeyingMaterial other) {
      return new ClientKeys(clientId, requestObjectSigner, assertionSigner, other);
    }
  }

  /**
   * Where the application is and what of it is public.
   *
   * @param oneOfSeveral the name of the filter, if the application has several
   * @param acceptedRisks what is meant to be open
   */
  record Application(
      Optional<String> oneOfSeveral,
      PublicUrl publicUrl,
      Optional<URI> backendUrl,
      String path,
      String landingPage,
      PublicPaths publicPaths,
      Set<Risk> acceptedRisks) {}

  /**
   * How long sessions live.
   *
   * @param refreshAfter after which share of its life an access token is renewed
   * @param sharedCache the cache that nodes share, as {@code gatehouse.shared} names it; empty for
   *     none
   */
  record Session(
      double refreshAfter,
      Duration maxLifetime,
      List<String> carryOver,
      Optional<String> sharedCache) {}

  /** What users may do, and how they have to log in for it. */
  record Access(
      RoleClaims roles, AccessRules rules, LoginPolicy.ForAll login, List<URI> apiOrigins) {}

  /** What a log-out does at the server. */
  record Logout(boolean endSession, boolean revoke, Optional<URI> postLogoutRedirectUri) {}

  /**
   * How the server is called.
   *
   * @param maxCalls how many calls may be under way at one time
   * @param warmUp whether it is called when the application starts, and not by the first log-in
   */
  record Http(
      Duration connectTimeout, Duration timeout, int maxCalls, boolean warmUp, SSLContext trust) {}
}
