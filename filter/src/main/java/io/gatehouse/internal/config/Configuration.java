package io.gatehouse.internal.config;

import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.LoginPolicy;
import io.gatehouse.internal.access.PublicPaths;
import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.jose.JweDecrypter;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsSigner;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.protocol.IdTokenEncryption;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.ResponseMode;
import io.gatehouse.internal.web.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The whole configuration, read and checked: what everything else is put together from, and nothing
 * that is passed on.
 */
public record Configuration(
    Server server,
    Registration registration,
    Modes modes,
    Keys keys,
    Application application,
    Session session,
    Access access,
    LogoutSettings logout,
    Http http) {

  /** The authorization server. */
  public record Server(
      String issuer,
      Map<Endpoint, URI> endpoints,
      String idTokenIssuer,
      Set<JwsAlgorithm> idTokenAlgorithms) {}

  public String clientId() {
    return keys.current().clientId();
  }

  /** What the application is at the server. */
  public record Registration(
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
  public record Modes(
      RequestMode request, ResponseMode response, Optional<JweDecrypter> idTokenDecrypter) {
    public IdTokenEncryption encryption() {
      return new IdTokenEncryption(idTokenDecrypter);
    }
  }

  /**
   * What it signs and seals with, which may change while it runs.
   *
   * @param clients for each key, as whom the log-ins under it begin and end; the current one first
   * @param published the keys in our JWKS, the current one first
   */
  public record Keys(List<ClientKeys> clients, List<SigningKey> published) {
    /** As whom a log-in begins now. */
    public ClientKeys current() {
      return clients.get(0);
    }
  }

  /**
   * As whom a log-in begins and ends.
   *
   * @param material what the keys of its log-ins are derived from
   */
  public record ClientKeys(
      String clientId,
      JwsSigner requestObjectSigner,
      JwsSigner assertionSigner,
      KeyingMaterial material) {
    /** The same client, for log-ins under another key. */
    public ClientKeys under(KeyingMaterial other) {
      return new ClientKeys(clientId, requestObjectSigner, assertionSigner, other);
    }
  }

  /**
   * Where the application is and what of it is public.
   *
   * @param oneOfSeveral the name of the filter, if the application has several
   * @param acceptedRisks what is meant to be open
   */
  public record Application(
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
  public record Session(
      double refreshAfter,
      Duration maxLifetime,
      List<String> carryOver,
      Optional<String> sharedCache) {}

  /** What users may do, and how they have to log in for it. */
  public record Access(
      RoleClaims roles, AccessRules rules, LoginPolicy.ForAll login, List<URI> apiOrigins) {}

  /** What a log-out does at the server. */
  public record LogoutSettings(
      boolean endSession, boolean revoke, Optional<URI> postLogoutRedirectUri) {}

  /**
   * How the server is called.
   *
   * @param maxCalls how many calls may be under way at one time
   * @param warmUp whether it is called when the application starts, and not by the first log-in
   */
  public record Http(
      Duration connectTimeout, Duration timeout, int maxCalls, boolean warmUp, SSLContext trust) {}
}
