package io.gatehouse.internal.session;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.LogoutEvent;
import io.gatehouse.Tokens;
import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.jose.JwsPayload;
import io.gatehouse.internal.open.EndOfRequest;
import io.gatehouse.internal.open.OpenResource;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tokens in a session, as applications see them, with a reference back to the session. */
public final class SessionTokens extends RenewableTokens implements Tokens, Serializable {
  private static final long serialVersionUID = 1L;

  // The session that contains the tokens, and its rules, which are set whenever the session is.
  private transient volatile @Nullable SessionRules rules;
  private transient volatile @Nullable HttpSession home;

  /**
   * Creates the tokens.
   *
   * @param registration the client registration under which the user logged in
   * @param publicUrl the application's URL at login; an empty text if the URL is configured
   * @param loggedInAt the time of the login, in milliseconds since the epoch
   */
  public SessionTokens(String registration, String publicUrl, long loggedInAt, TokenSet current) {
    super(registration, publicUrl, loggedInAt, current);
  }

  /** Sets the session that contains the tokens, and its rules. */
  void liveIn(HttpSession session, SessionRules keeping) {
    if (home != session) {
      rules = keeping; // first: a reader that sees home must see the rules
      home = session;
    }
  }

  // Meanwhile another node may have put the tokens of a later login or refresh into the same
  // session, while a thread of the application still holds the earlier ones.
  @Override
  boolean hasLaterCopy(TokenSet set) {
    return hasCopyOfOtherLogin()
        || otherCopy().filter(it -> it.current().generation() > set.generation()).isPresent();
  }

  @Override
  boolean hasCopyOfOtherLogin() {
    return otherCopy().filter(it -> !it.current().isOfSameLogin(current())).isPresent();
  }

  private Optional<SessionTokens> otherCopy() {
    var at = home;
    return at != null && at.getAttribute(ATTRIBUTE) instanceof SessionTokens there && there != this
        ? Optional.of(there)
        : Optional.empty();
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
  void closeOpenResources() {
    ifKnown(it -> it.closeAllOf(this));
  }

  @Override
  boolean tellOtherNodes(LogoutEvent.Cause cause) {
    var keeping = rules;
    return keeping != null && keeping.tellOtherNodes(this, cause);
  }

  @Override
  void tell(LogoutEvent.Cause cause) {
    ifKnown(it -> it.ended(this, cause));
  }

  @Override
  void tellOfContainer() {
    ifKnown(it -> it.endedByContainer(this));
  }

  private void ifKnown(Consumer<SessionRules> task) {
    var keeping = rules;
    if (keeping != null) {
      task.accept(keeping);
    }
  }

  /** Records that the container has ended the session, under these rules if it has none yet. */
  void endWithSession(SessionRules ofFilter) {
    rules = rules == null ? ofFilter : rules;
    endWithSession();
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
    return requireRules().logOut(this);
  }

  @Override
  public Registration onEnd(AutoCloseable resource) {
    return requireRules().keepOpen(this, OpenResource.of(resource));
  }

  @Override
  public Registration onEnd(AsyncContext request) {
    var registration = requireRules().keepOpen(this, OpenResource.of(request));
    try {
      request.addListener(new EndOfRequest(registration));
    } catch (IllegalStateException complete) {
      registration.close();
      throw complete;
    }
    return registration;
  }

  private SessionRules requireRules() {
    var keeping = rules;
    if (keeping == null) {
      throw new IllegalStateException("tokens outside a session: get them by Tokens.of");
    }
    return keeping;
  }

  // The Java Beans introspector of JDK 17 ignores getters that only an interface declares.
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

  /** Prints the user and the expiry only, since a token must stay secret. */
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
