package io.gatehouse.internal.config;

import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.LoginPolicy;
import io.gatehouse.internal.access.PathPattern;
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
 * The whole configuration, read and checked. Start-up builds all other objects from it; it is not
 * passed on.
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

  /**
   * The authorization server.
   *
   * @param refusesWithoutBody whether a 403 without a body is its refusal of a refresh token
   */
  public record Server(
      String issuer,
      Map<Endpoint, URI> endpoints,
      String idTokenIssuer,
      Set<JwsAlgorithm> idTokenAlgorithms,
      boolean refusesWithoutBody) {}

  public String clientId() {
    return keys.current().clientId();
  }

  /** The application's registration at the authorization server. */
  public record Registration(
      String scope,
      String audience,
      Optional<String> assertionTyp,
      Duration clockSkew,
      Duration loginTimeout) {}

  /**
   * The form in which messages travel between the application and the authorization server.
   *
   * @param request the way in which requests reach the authorization server
   * @param response the form of authorization responses
   * @param idTokenDecrypter the decrypter for ID tokens; empty if they are only signed
   */
  public record Modes(
      RequestMode request, ResponseMode response, Optional<JweDecrypter> idTokenDecrypter) {
    public IdTokenEncryption encryption() {
      return new IdTokenEncryption(idTokenDecrypter);
    }
  }

  /**
   * The keys for signing and sealing, which may change at run time.
   *
   * @param clients the client of each key, under which its logins begin and end; the current one
   *     first
   * @param published the keys in the application's JWKS, the current one first
   */
  public record Keys(List<ClientKeys> clients, List<SigningKey> published) {
    /** Returns the client of new logins. */
    public ClientKeys current() {
      return clients.get(0);
    }
  }

  /**
   * The client under which a login begins and ends.
   *
   * @param material the material from which the keys of its logins are derived
   */
  public record ClientKeys(
      String clientId,
      JwsSigner requestObjectSigner,
      JwsSigner assertionSigner,
      KeyingMaterial material) {
    /** Returns the same client, for logins under another key. */
    public ClientKeys under(KeyingMaterial other) {
      return new ClientKeys(clientId, requestObjectSigner, assertionSigner, other);
    }
  }

  /**
   * The application's addresses and public paths.
   *
   * @param oneOfSeveral the name of the filter, if the application has several
   * @param acceptedRisks the risks that are accepted deliberately
   */
  public record Application(
      Optional<String> oneOfSeveral,
      PublicUrl publicUrl,
      Optional<URI> backendUrl,
      String path,
      String landingPage,
      Set<Risk> acceptedRisks) {}

  /**
   * The settings for sessions.
   *
   * @param refreshAfter the share of an access token's lifetime after which the token is renewed
   * @param retriesLostRefresh whether a refresh token is used again if the response was lost
   * @param sharedCache the cache that nodes share, as {@code gatehouse.shared} names it; empty for
   *     none
   */
  public record Session(
      double refreshAfter,
      boolean retriesLostRefresh,
      Duration maxLifetime,
      List<String> carryOver,
      Optional<String> sharedCache) {}

  /** The permissions of users, and the login that they require. */
  public record Access(
      RoleClaims roles,
      AccessRules.RuleSet rules,
      LoginPolicy.ForAll login,
      List<URI> apiOrigins,
      List<URI> websocketOrigins,
      List<PathPattern> privateCachePaths) {}

  /** The effects of a logout at the authorization server. */
  public record LogoutSettings(
      boolean endSession, boolean revoke, Optional<URI> postLogoutRedirectUri) {}

  /**
   * The settings for calls to the authorization server.
   *
   * @param maxCalls the maximum number of concurrent calls
   * @param warmUp whether the first calls are made when the application starts, instead of by the
   *     first login
   */
  public record Http(
      Duration connectTimeout, Duration timeout, int maxCalls, boolean warmUp, SSLContext trust) {}
}
