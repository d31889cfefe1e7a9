package io.gatehouse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.security.Principal;
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
 * <p>An instance stays current: obtained once and passed to a thread of the application's own, it
 * returns the current tokens for as long as the session lives. All methods are safe to call from
 * any thread. The string form of an instance contains no token.
 */
public interface Tokens {
  /** The name of the session attribute that holds the tokens. */
  String ATTRIBUTE = "gatehouse.tokens";

  /**
   * The name of the servlet context or request attribute by which Gatehouse finds the tokens of a
   * session. Its value is a {@code Function<HttpSession, Optional<Tokens>>}.
   */
  String FINDER = "io.gatehouse.tokens-finder";

  /**
   * Returns the tokens of the request's session. Never creates a session. A session id in the URL
   * is ignored.
   *
   * @param request a request that has passed the filter
   * @return the tokens; empty if no user is logged in
   */
  static Optional<Tokens> of(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null || request.isRequestedSessionIdFromURL()) {
      return Optional.empty();
    }
    // With several filters in one application, the request's own filter decides.
    return of(session).or(() -> find(session, request.getAttribute(FINDER)));
  }

  /**
   * Returns the tokens of a session.
   *
   * @param session the session; with several filters in one application, a session obtained from a
   *     request behind one of them
   * @return the tokens; empty if no user is logged in, or the session has ended
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

  /**
   * Returns the tokens of the session in which a WebSocket was opened.
   *
   * @param userOfSocket the result of {@code jakarta.websocket.Session.getUserPrincipal()}, or of
   *     {@code HandshakeRequest.getUserPrincipal()}
   * @return the tokens; empty if no user was logged in at the handshake
   */
  static Optional<Tokens> of(@Nullable Principal userOfSocket) {
    return userOfSocket instanceof Holder it ? it.tokens() : Optional.empty();
  }

  @SuppressWarnings("unchecked") // FINDER documents this type
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
   * Returns the access token, to send as {@code Authorization: Bearer} (RFC 6750 section 2.1). A
   * token that is due for renewal is renewed first, with one call to the authorization server
   * however many threads ask. This method can therefore take as long as {@code
   * gatehouse.http.timeout}.
   *
   * @return the token, without a leading {@code Bearer}
   * @throws LoginNeededException if the session has ended, or the authorization server does not
   *     renew the token
   * @throws ServerUnavailableException if the token has expired and the authorization server cannot
   *     be reached, or if it cannot be determined whether the session has ended
   */
  String accessToken();

  /**
   * Returns an access token other than the one that an API has just refused with 401 (RFC 6750
   * section 3.1): the current token if it already differs, otherwise a renewed token.
   *
   * @param refused the access token that was refused
   * @return the other token; empty if no other token is available now, or if a token was renewed
   *     for this reason less than 10 seconds ago; the 401 is then final
   * @throws LoginNeededException if the session has ended, or the authorization server does not
   *     renew the token
   * @throws ServerUnavailableException if the authorization server has not answered in time, or if
   *     it cannot be determined whether the session has ended
   */
  Optional<String> accessTokenInsteadOf(String refused);

  /** {@return the time at which the access token expires, by this machine's clock} */
  Instant expiresAt();

  /**
   * Returns the granted scope (RFC 6749 section 3.3).
   *
   * @return space-separated scope values; empty if the authorization server stated none
   */
  String scope();

  /**
   * {@return the latest ID token as the authorization server signed it, a JWS in compact
   * serialization}
   */
  String idToken();

  /**
   * Returns the claims of {@link #idToken()}. After a refresh an authorization server may leave
   * most claims out; {@link #user()} still identifies the user.
   *
   * @return an unmodifiable map, by claim name
   */
  Map<String, Object> idTokenClaims();

  /** {@return the refresh token; empty if the authorization server issued none} */
  Optional<String> refreshToken();

  /** {@return the user to whom the tokens belong} */
  AuthenticatedUser user();

  /**
   * Returns whether the access token may be sent to an address.
   *
   * @param address an absolute URL
   * @return true if the origin of the address (RFC 6454) is in {@code gatehouse.api-origins}
   */
  boolean mayGoTo(URI address);

  /**
   * Logs the user out: ends the session, then asks the authorization server to revoke the refresh
   * token (RFC 7009) if {@code gatehouse.logout.revoke} is true.
   *
   * @return the absolute URL to send the browser to next: the authorization server's logout (OpenID
   *     Connect RP-Initiated Logout 1.0) if {@code gatehouse.logout.end-session} is true and its
   *     endpoint is known, otherwise a page of the application
   * @throws IllegalStateException if these tokens were obtained in another way than by {@code of},
   *     by CDI or from the session
   */
  URI logout();

  /**
   * Closes a resource when the session ends, whoever ends it: a {@code jakarta.websocket.Session}
   * with code 1008 (Jakarta WebSocket 2.1 section 7.2), a {@code SseEventSink} or anything else by
   * its {@code close()}. Closing happens on a thread of Gatehouse, within the time that
   * docs/long-lived.md states for the reason. If the session has already ended, the resource is
   * closed soon.
   *
   * @param resource the resource that is open for the user of these tokens
   * @return the registration; close it when the resource has been closed for another reason. This
   *     is not necessary for WebSockets and {@code SseEventSink}, which report that they are closed
   * @throws IllegalStateException if these tokens were obtained in another way than by {@code of},
   *     by CDI or from the session
   */
  Registration onEnd(AutoCloseable resource);

  /**
   * Completes an asynchronous request when the session ends, like {@link #onEnd(AutoCloseable)}.
   * The registration ends with the request.
   *
   * @param request an asynchronous request of the user of these tokens
   * @return the registration
   * @throws IllegalStateException if the request is already complete, or if these tokens were
   *     obtained in another way than by {@code of}, by CDI or from the session
   */
  Registration onEnd(AsyncContext request);

  /** A resource that will be closed when the session ends. */
  interface Registration extends AutoCloseable {
    /** Ends the registration, and leaves the resource open. Further calls have no effect. */
    @Override
    void close();
  }

  /** A user who holds the tokens of the session in which a WebSocket was opened. */
  interface Holder {
    /** {@return the tokens; empty if the user was obtained from another request} */
    Optional<Tokens> tokens();
  }

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

  /**
   * {@return {@link #refreshToken()}, for JSP and EL; an empty string if the authorization server
   * issued none}
   */
  default String getRefreshToken() {
    return refreshToken().orElse("");
  }

  /** {@return {@link #user()}, for JSP and EL} */
  default AuthenticatedUser getUser() {
    return user();
  }
}
