package io.gatehouse.internal.session;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.LogoutEvent;
import io.gatehouse.Tokens;
import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.jose.JwsPayload;
import jakarta.servlet.http.HttpSession;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens in a session, as applications see them, and the way back to the session. */
public final class SessionTokens extends RenewableTokens implements Tokens, Serializable {
  private static final long serialVersionUID = 1L;

  // The session that they are in, and the rules that keep it, which are there whenever it is.
  private transient volatile @Nullable SessionRules rules;
  private transient volatile @Nullable HttpSession home;

  /**
   * @param registration which configuration the user logged in under
   * @param publicUrl the application's URL at the log-in, if it is not configured; or an empty text
   * @param loggedInAt when the user logged in, in milliseconds since the epoch
   */
  public SessionTokens(String registration, String publicUrl, long loggedInAt, TokenSet current) {
    super(registration, publicUrl, loggedInAt, current);
  }

  /** Lets the tokens know the session that they are in, and the rules that keep it. */
  void liveIn(HttpSession session, SessionRules keeping) {
    if (home != session) {
      rules = keeping; // before it, as who finds a home reads them after it
      home = session;
    }
  }

  // Another node may have sent the tokens of a later log-in or refresh into the same session
  // meanwhile, and a thread of the application's may still hold those of before.
  @Override
  boolean hasLaterCopy(TokenSet set) {
    var at = home;
    return at != null
        && at.getAttribute(ATTRIBUTE) instanceof SessionTokens there
        && there != this
        && !(there.current().isOfSameLogin(current())
            && there.current().generation() <= set.generation());
  }

  @Override
  void putIntoSession() {
    var at = home;
    if (at != null) {
      at.setAttribute(ATTRIBUTE, this);
    }
  }

  @Override
  void invalidateSession() {
    var at = home;
    if (at != null) {
      at.invalidate();
    }
  }

  @Override
  void tell(LogoutEvent.Cause cause) {
    var keeping = rules;
    if (keeping != null) {
      keeping.ended(this, cause);
    }
  }

  @Override
  public String accessToken() {
    var keeping = rules;
    return keeping == null ? current().accessToken() : keeping.fresh(this).accessToken();
  }

  @Override
  public Optional<String> accessTokenInsteadOf(String refused) {
    var keeping = rules;
    return keeping == null
        ? Optional.empty()
        : keeping.freshInsteadOf(this, refused).map(TokenSet::accessToken);
  }

  @Override
  public Instant expiresAt() {
    return Instant.ofEpochMilli(current().expiresAt());
  }

  @Override
  public String scope() {
    return current().scope();
  }

  @Override
  public String idToken() {
    return current().idToken();
  }

  @Override
  public Map<String, Object> idTokenClaims() {
    return ClaimsJson.parse(JwsPayload.of(current().idToken()));
  }

  @Override
  public Optional<String> refreshToken() {
    return current().refreshToken();
  }

  @Override
  public AuthenticatedUser user() {
    return current().user();
  }

  @Override
  public boolean mayGoTo(URI address) {
    var keeping = rules;
    return keeping != null && keeping.mayGoTo(address);
  }

  @Override
  public URI logout() {
    var keeping = rules;
    if (keeping == null) {
      throw new IllegalStateException("tokens outside a session: get them by Tokens.of");
    }
    return keeping.logOut(this);
  }

  // The Java Beans introspector of JDK 17 does not see getters that only an interface has.
  @Override
  public String getAccessToken() {
    return accessToken();
  }

  @Override
  public Instant getExpiresAt() {
    return expiresAt();
  }

  @Override
  public String getScope() {
    return scope();
  }

  @Override
  public String getIdToken() {
    return idToken();
  }

  @Override
  public Map<String, Object> getIdTokenClaims() {
    return idTokenClaims();
  }

  @Override
  public String getRefreshToken() {
    return refreshToken().orElse("");
  }

  @Override
  public AuthenticatedUser getUser() {
    return user();
  }

  /** The user only: a token is a key. */
  @Override
  public String toString() {
    return "Tokens[" + current().user() + ", expiresAt=" + expiresAt() + "]";
  }

  private Object writeReplace() {
    return new SessionForm(this);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Tokens are written as a SessionForm");
  }
}
