package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.jose.ClaimRules.require;

import io.gatehouse.internal.jose.ClaimRules;
import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.jose.VerifiedJwt;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.JsonMessage;
import io.gatehouse.internal.server.JwtSource;
import io.gatehouse.internal.server.LoginFailedException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Verifies ID tokens by the rules of OpenID Connect Core 1.0 section 3.1.3.7. */
public final class IdTokenVerifier {
  private static final int MAX_SUB_CHARACTERS = 255; // OIDC Core 2
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final AuthorizationServer server;
  private final ClaimRules rules;
  private final IdTokenEncryption encryption;
  private final Duration clockSkew;
  private final Clock clock;

  /**
   * Creates the verifier.
   *
   * @param issuer the expected {@code iss}: the authorization server's issuer, unless it signs
   *     under another
   */
  public IdTokenVerifier(
      AuthorizationServer server,
      String issuer,
      IdTokenEncryption encryption,
      Duration clockSkew,
      Clock clock) {
    this.server = server;
    this.rules = new ClaimRules(issuer, clockSkew, clock);
    this.encryption = encryption;
    this.clockSkew = clockSkew;
    this.clock = clock;
  }

  /**
   * Verifies the ID token of a login.
   *
   * @param answer the token response, which includes the access token
   * @param login the login whose {@code nonce} the ID token must have
   * @param requested the way in which the user was to log in
   * @throws LoginFailedException with {@link Failure#INVALID_ANSWER} if the ID token violates a
   *     rule, {@link Failure#INSUFFICIENT} if the user did not log in as requested, and {@link
   *     Failure#UNAVAILABLE} if the authorization server's keys are unavailable
   */
  public IdToken verify(TokenResponse answer, PendingLogin login, RequestedAuthentication requested)
      throws LoginFailedException {
    var sent =
        answer.idToken().orElseThrow(() -> JsonMessage.invalid("the token answer has no id_token"));
    try {
      var compact = encryption.signedToken(sent); // 1
      var jwt = verified(compact, answer.accessToken(), login.client());
      require(
          jwt.string("nonce").map(login.nonce()::matches).orElse(false),
          "nonce is not this login's"); // 11
      requireAsRequested(jwt, login, requested); // 12, 13
      return new IdToken(compact);
    } catch (RejectedJwtException e) {
      throw JsonMessage.invalid("ID token: " + e.rule());
    }
  }

  /**
   * Verifies the ID token of a refresh, if the response has one (OpenID Connect Core 1.0 section
   * 12.2). The ID token must be of the same user, and of the same session at the authorization
   * server if both tokens name one: otherwise a logout there by the newer {@code sid} would not end
   * the session here. The rule that {@code auth_time} stays the same is not enforced: the Verifier
   * sets it to the time of the refresh, and the login's value is kept anyway.
   *
   * @param client the client of the login
   * @param subject the {@code sub} of the login's ID token
   * @param nonce the {@code nonce} of the login's ID token
   * @param sid the {@code sid} of the login's ID token, or of the first later one that had any
   * @throws LoginFailedException as for a login
   */
  public Optional<IdToken> verifyRefreshed(
      TokenResponse answer, Client client, String subject, String nonce, Optional<String> sid)
      throws LoginFailedException {
    if (answer.idToken().isEmpty()) {
      return Optional.empty();
    }
    try {
      var compact = encryption.signedToken(answer.idToken().get());
      var jwt = verified(compact, answer.accessToken(), client);
      require(jwt.string("sub").map(subject::equals).orElse(false), "sub is another user's");
      require(jwt.string("nonce").map(nonce::equals).orElse(true), "nonce is another login's");
      var newSid = SessionName.sid(jwt);
      require(sid.isEmpty() || newSid.isEmpty() || sid.equals(newSid), "sid is another session's");
      return Optional.of(new IdToken(compact));
    } catch (RejectedJwtException e) {
      throw JsonMessage.invalid("refreshed ID token: " + e.rule());
    }
  }

  // OIDC Core 3.1.3.7, without rule 1, which comes before
  private VerifiedJwt verified(String compact, String accessToken, Client client)
      throws RejectedJwtException, LoginFailedException {
    // 6-8 first: no claims exist before it
    var jwt = server.verify(CompactJws.parse(compact), JwtSource.ID_TOKEN);
    requireKind(jwt); // RFC 8725 3.11
    rules.requireIssuer(jwt); // 2
    requireAudience(jwt, client.clientId()); // 3, 4, 5
    rules.requireRecent(jwt, MAX_AGE); // 9, 10
    requireSubject(jwt); // OIDC Core 2
    SessionName.sid(jwt); // Back-Channel Logout 2.1: a string, if present
    requireAccessToken(jwt, accessToken); // OIDC Core 3.1.3.8
    return jwt;
  }

  private void requireAsRequested(
      VerifiedJwt jwt, PendingLogin login, RequestedAuthentication requested)
      throws RejectedJwtException, LoginFailedException {
    var acrs = requested.acceptedAcrs();
    if (!acrs.isEmpty() && !jwt.string("acr").map(acrs::contains).orElse(false)) {
      throw insufficient("acr is none of those that were asked for");
    }
    var loggedIn = jwt.instant("auth_time");
    rules.requireNotInFuture(loggedIn, "auth_time is in the future");
    if (requested.maxAge().isPresent()) {
      var oldest = clock.instant().minus(requested.maxAge().get()).minus(clockSkew);
      if (loggedIn.isEmpty() || loggedIn.get().isBefore(oldest)) {
        throw insufficient("auth_time is missing, or longer ago than max_age");
      }
    }
    if (List.of(requested.prompt().split(" ", -1)).contains("login")
        && loggedIn.isPresent()
        && loggedIn.get().isBefore(login.begun().minus(clockSkew))) {
      throw insufficient("auth_time is before this login, though prompt was login");
    }
  }

  private static LoginFailedException insufficient(String reason) {
    return new LoginFailedException(Failure.INSUFFICIENT, "ID token: " + reason);
  }

  // A logout token has events (OIDC Back-Channel Logout 2.4), an access token has typ at+jwt.
  private static void requireKind(VerifiedJwt jwt) throws RejectedJwtException {
    require(jwt.typ().map(it -> it.equalsIgnoreCase("JWT")).orElse(true), "typ is another JWT's");
    require(!jwt.has("events"), "it is a logout token");
    require(
        !jwt.has("state") || !(jwt.has("code") || jwt.has("error")),
        "it is an authorization response"); // JARM 2.1
  }

  // This client trusts only itself as an audience, so any second audience is untrusted.
  private static void requireAudience(VerifiedJwt jwt, String clientId)
      throws RejectedJwtException {
    require(jwt.audience().equals(List.of(clientId)), "aud is not this client alone");
    require(jwt.string("azp").map(clientId::equals).orElse(true), "azp is not this client");
  }

  private static void requireSubject(VerifiedJwt jwt) throws RejectedJwtException {
    var length = jwt.string("sub").map(String::length).orElse(0);
    require(length > 0 && length <= MAX_SUB_CHARACTERS, "sub is missing or too long");
  }

  private static void requireAccessToken(VerifiedJwt jwt, String accessToken)
      throws RejectedJwtException {
    var expected = jwt.string("at_hash");
    require(
        expected.isEmpty() || expected.get().equals(jwt.halfHash(accessToken)),
        "at_hash is another access token's");
  }
}
