package io.gatehouse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a logged-in user, kept in the HTTP session under {@value #ATTRIBUTE}.
 *
 * <p>From Java: {@code Tokens.of(request)}. From CDI: {@code @Inject Tokens}. From JSP and EL:
 * {@code ${sessionScope['gatehouse.tokens'].accessToken}}.
 *
 * <p>They stay current: an object that was got once, and handed to a thread of the application's
 * own, gives the tokens of the moment for as long as the session lives. All methods may be called
 * from any thread. Tokens are never printed.
 */
public interface Tokens {
  /** The name of the session attribute. */
  String ATTRIBUTE = "gatehouse.tokens";

  /**
   * The servlet context's or the request's attribute by which Gatehouse finds the tokens of a
   * session, as a {@code Function<HttpSession, Optional<Tokens>>}.
   */
  String FINDER = "io.gatehouse.tokens-finder";

  /**
   * The tokens of the request's session. Makes no session.
   *
   * @param request one that has passed the filter
   * @return empty if nobody is logged in
   */
  static Optional<Tokens> of(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    // Of the request's own filter, where an application has several.
    return of(session).or(() -> find(session, request.getAttribute(FINDER)));
  }

  /**
   * The tokens of a session.
   *
   * @param session with several filters in one application, one that was got from a request behind
   *     one of them
   * @return empty if nobody is logged in, or the session has ended
   */
  static Optional<Tokens> of(HttpSession session) {
    try {
      var finder = session.getServletContext().getAttribute(FINDER);
      return finder == null && session.getAttribute(ATTRIBUTE) instanceof Tokens it
          ? Optional.of(it)
          : find(session, finder);
    } catch (IllegalStateException ended) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // what FINDER says it is
  private static Optional<Tokens> find(HttpSession session, @Nullable Object finder) {
    try {
      return finder instanceof Function<?, ?> it
          ? ((Function<HttpSession, Optional<Tokens>>) it).apply(session)
          : Optional.empty();
    } catch (IllegalStateException ended) {
      return Optional.empty();
    }
  }

  /**
   * The access token, to send as {@code Authorization: Bearer} (RFC 6750 section 2.1). Renewed
   * first if it is due, with one call to the server however many threads ask; so this can take as
   * long as {@code gatehouse.http.timeout}.
   *
   * @return the token, never with the word {@code Bearer} before it
   * @throws LoginNeededException if the session has ended, or the server does not renew the token
   * @throws ServerUnavailableException if the token has ended and the server cannot be reached
   */
  String accessToken();

  /**
   * Another access token than the one that an API has just refused with 401 (RFC 6750 section 3.1):
   * the current one if it is another already, or else a renewed one.
   *
   * @param refused the access token that was refused
   * @return empty if there is none to be had now, or one was renewed for this reason less than 10
   *     seconds ago; then the refusal stands
   * @throws LoginNeededException if the session has ended, or the server does not renew the token
   */
  Optional<String> accessTokenInsteadOf(String refused);

  /** {@return when the access token ends, by this server's clock} */
  Instant expiresAt();

  /**
   * The granted scope (RFC 6749 section 3.3).
   *
   * @return space-separated; empty if the server stated none
   */
  String scope();

  /** {@return the latest ID token as the server signed it, a JWS in compact serialization} */
  String idToken();

  /**
   * The claims of {@link #idToken()}. After a refresh a server may leave most of them out; who the
   * user is stays with {@link #user()}.
   *
   * @return unmodifiable, by the claims' names
   */
  Map<String, Object> idTokenClaims();

  /** {@return the refresh token; empty if the server gave none} */
  Optional<String> refreshToken();

  /** {@return the user to whom the tokens belong} */
  AuthenticatedUser user();

  /**
   * Whether the access token may be sent to an address.
   *
   * @param address an absolute URL
   * @return whether its origin (RFC 6454) is in {@code gatehouse.api-origins}
   */
  boolean mayGoTo(URI address);

  /**
   * Logs the user out: ends the session, and then asks the server to revoke the refresh token (RFC
   * 7009) where {@code gatehouse.logout.revoke} says so.
   *
   * @return where to send the browser next: the server's log-out (OpenID Connect RP-Initiated
   *     Logout 1.0) where {@code gatehouse.logout.end-session} says so, or else a page of the
   *     application
   */
  URI logout();

  /** {@return {@link #accessToken()}, for JSP and EL} */
  default String getAccessToken() {
    return accessToken();
  }

  /** {@return {@link #expiresAt()}, for JSP and EL} */
  default Instant getExpiresAt() {
    return expiresAt();
  }

  /** {@return {@link #scope()}, for JSP and EL} */
  default String getScope() {
    return scope();
  }

  /** {@return {@link #idToken()}, for JSP and EL} */
  default String getIdToken() {
    return idToken();
  }

  /** {@return {@link #idTokenClaims()}, for JSP and EL} */
  default Map<String, Object> getIdTokenClaims() {
    return idTokenClaims();
  }

  /** {@return {@link #refreshToken()}, for JSP and EL; an empty string if there is none} */
  default String getRefreshToken() {
    return refreshToken().orElse("");
  }

  /** {@return {@link #user()}, for JSP and EL} */
  default AuthenticatedUser getUser() {
    return user();
  }
}
