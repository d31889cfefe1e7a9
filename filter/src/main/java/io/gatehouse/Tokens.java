package io.gatehouse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a logged-in user, kept in the HTTP session under {@value #ATTRIBUTE}.
 *
 * <p>From Java: {@code Tokens.of(request)}. From JSP and EL: {@code
 * ${sessionScope['gatehouse.tokens'].accessToken}}. Immutable; tokens are never printed.
 */
public final class Tokens implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The name of the session attribute. */
  public static final String ATTRIBUTE = "gatehouse.tokens";

  private final String issuer;
  private final String clientId;
  private final String accessToken;
  private final String idToken;
  private final @Nullable String refreshToken;
  private final Instant expiresAt;
  private final String scope;
  private final AuthenticatedUser user;

  /**
   * Tokens that the server issued; for Gatehouse itself, and for an application's tests.
   *
   * @param issuer the issuer of the configuration under which the user logged in
   * @param clientId the client id of that configuration
   * @param accessToken the access token
   * @param idToken the verified ID token, a JWS in compact serialization
   * @param refreshToken the refresh token, if there is one
   * @param expiresAt when the access token ends
   * @param scope the granted scope, space-separated
   * @throws IllegalArgumentException if the ID token is no JWS with JSON claims
   */
  public Tokens(
      String issuer,
      String clientId,
      String accessToken,
      String idToken,
      Optional<String> refreshToken,
      Instant expiresAt,
      String scope) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.accessToken = accessToken;
    this.idToken = idToken;
    this.refreshToken = refreshToken.orElse(null);
    this.expiresAt = expiresAt;
    this.scope = scope;
    this.user = new AuthenticatedUser(payload(idToken));
  }

  private static String payload(String idToken) {
    var parts = idToken.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("the ID token is not a JWS in compact serialization");
    }
    return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
  }

  /** The tokens of the request's session; empty if nobody is logged in. Makes no session. */
  public static Optional<Tokens> of(HttpServletRequest request) {
    var session = request.getSession(false);
    return session == null ? Optional.empty() : of(session);
  }

  /** The tokens of a session; empty if nobody is logged in, or the session has ended. */
  public static Optional<Tokens> of(HttpSession session) {
    try {
      return session.getAttribute(ATTRIBUTE) instanceof Tokens it
          ? Optional.of(it)
          : Optional.empty();
    } catch (IllegalStateException ended) {
      return Optional.empty();
    }
  }

  /** The access token, to send as {@code Authorization: Bearer} (RFC 6750 section 2.1). */
  public String accessToken() {
    return accessToken;
  }

  /** {@link #accessToken()} for JSP and EL. */
  public String getAccessToken() {
    return accessToken;
  }

  /** The ID token as the server sent it; {@link #user()} has its claims. */
  public String idToken() {
    return idToken;
  }

  /** {@link #idToken()} for JSP and EL. */
  public String getIdToken() {
    return idToken;
  }

  /** The refresh token; empty if the server gave none. */
  public Optional<String> refreshToken() {
    return Optional.ofNullable(refreshToken);
  }

  /** {@link #refreshToken()} for JSP and EL; an empty string if there is none. */
  public String getRefreshToken() {
    return refreshToken().orElse("");
  }

  /** When the access token ends, by this server's clock. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** {@link #expiresAt()} for JSP and EL. */
  public Instant getExpiresAt() {
    return expiresAt;
  }

  /** The granted scope, space-separated (RFC 6749 section 3.3). */
  public String scope() {
    return scope;
  }

  /** {@link #scope()} for JSP and EL. */
  public String getScope() {
    return scope;
  }

  /** The user to whom the tokens belong. */
  public AuthenticatedUser user() {
    return user;
  }

  /** {@link #user()} for JSP and EL. */
  public AuthenticatedUser getUser() {
    return user;
  }

  /** Whether the user logged in under this issuer and client id, and not under another. */
  public boolean belongTo(String issuer, String clientId) {
    return this.issuer.equals(issuer) && this.clientId.equals(clientId);
  }

  /** The user only: a token is a key. */
  @Override
  public String toString() {
    return "Tokens[" + user + ", expiresAt=" + expiresAt + "]";
  }

  private Object writeReplace() {
    return new TokensForm(
        issuer, clientId, accessToken, idToken, refreshToken, expiresAt.toEpochMilli(), scope);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Tokens are written as TokensForm");
  }
}
