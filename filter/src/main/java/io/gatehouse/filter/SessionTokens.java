package io.gatehouse.filter;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.LogoutEvent;
import io.gatehouse.Tokens;
import jakarta.servlet.http.HttpSession;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens in a session: one {@link TokenSet} at a time, what is needed to replace it once, and
 * the way back to the session that they are in.
 */
final class SessionTokens implements Tokens, Serializable {
  private static final long serialVersionUID = 1L;

  private volatile String realm;
  private final String publicUrl;
  private volatile long loggedInAt;
  private volatile TokenSet current;

  // Held by the one who calls the server; a lock, so that virtual threads can wait for it.
  private final transient ReentrantLock refreshing = new ReentrantLock();
  private transient volatile long nextTry;
  private transient volatile long nextForced;
  // Held while the tokens are replaced or ended, so that neither undoes the other.
  private final transient ReentrantLock changing = new ReentrantLock();
  private transient volatile boolean ended;
  // The session that they are in, and the rules that keep it, which are there whenever it is.
  private transient volatile @Nullable UserSession rules;
  private transient volatile @Nullable HttpSession home;

  /**
   * @param realm which configuration the user logged in under
   * @param publicUrl the application's URL at the log-in, if it is not configured; or an empty text
   * @param loggedInAt when the user logged in, in milliseconds since the epoch
   */
  SessionTokens(String realm, String publicUrl, long loggedInAt, TokenSet current) {
    this.realm = realm;
    this.publicUrl = publicUrl;
    this.loggedInAt = loggedInAt;
    this.current = current;
  }

  TokenSet current() {
    return current;
  }

  String realm() {
    return realm;
  }

  String publicUrl() {
    return publicUrl;
  }

  long loggedInAt() {
    return loggedInAt;
  }

  ReentrantLock refreshing() {
    return refreshing;
  }

  /** When the server may be asked again, in milliseconds since the epoch. */
  long nextTry() {
    return nextTry;
  }

  void postpone(long until) {
    nextTry = until;
  }

  /** When tokens that live may be renewed all the same, in milliseconds since the epoch. */
  long nextForced() {
    return nextForced;
  }

  void postponeForced(long until) {
    nextForced = until;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Lets the tokens know the session that they are in, and the rules that keep it. */
  void liveIn(HttpSession session, UserSession keeping) {
    if (home != session) {
      rules = keeping; // before it, as who finds a home reads them after it
      home = session;
    }
  }

  /**
   * Replaces the tokens after a refresh.
   *
   * @return false if they are others by now: a log-out during a refresh wins, and so does a log-in
   */
  boolean replace(TokenSet known, TokenSet renewed) {
    changing.lock();
    try {
      return current == known && store(renewed);
    } finally {
      changing.unlock();
    }
  }

  /**
   * Goes on with the tokens of another log-in of the same user.
   *
   * @param realmNow which configuration the user has logged in under this time
   * @return false if the session has ended meanwhile
   */
  boolean logInAgain(TokenSet issued, String realmNow) {
    changing.lock();
    try {
      realm = realmNow;
      loggedInAt = issued.receivedAt();
      nextTry = 0;
      return store(issued);
    } finally {
      changing.unlock();
    }
  }

  // In the session too, so that a container which copies sessions copies it.
  private boolean store(TokenSet set) {
    if (ended) {
      return false;
    }
    var at = home;
    try {
      if (at != null && !isUpToDate(set, at)) {
        return false;
      }
      current = set;
      if (at != null) {
        at.setAttribute(ATTRIBUTE, this);
      }
      return true;
    } catch (IllegalStateException invalidated) {
      ended = true;
      return false;
    }
  }

  // Another node may have sent the tokens of a later log-in or refresh into the same session
  // meanwhile, and a thread of the application's may still hold those of before.
  private boolean isUpToDate(TokenSet set, HttpSession session) {
    return !(session.getAttribute(ATTRIBUTE) instanceof SessionTokens there)
        || there == this
        || (there.current.isOfSameLogin(current) && there.current.generation() <= set.generation());
  }

  /** Ends the session, once. */
  void end(LogoutEvent.Cause cause) {
    if (endIf(it -> true)) {
      tell(cause);
    }
  }

  /** Ends the session if its tokens are still these. */
  void endIfStill(TokenSet known, LogoutEvent.Cause cause) {
    if (endIf(it -> it == known)) {
      tell(cause);
    }
  }

  /** Ends this copy of a session that has ended on another node, if its tokens are still these. */
  void endCopyIfStill(TokenSet known) {
    endIf(it -> it == known);
  }

  private boolean endIf(Predicate<TokenSet> meant) {
    changing.lock();
    try {
      if (ended || !meant.test(current)) {
        return false;
      }
      ended = true;
    } finally {
      changing.unlock();
    }
    var at = home;
    try {
      if (at != null && isUpToDate(current, at)) {
        at.invalidate();
      }
    } catch (IllegalStateException endedMeanwhile) {
      // by another request, or by the container: nothing is left to end
    }
    return true;
  }

  private void tell(LogoutEvent.Cause cause) {
    var keeping = rules;
    if (keeping != null) {
      keeping.ended(this, cause);
    }
  }

  @Override
  public String accessToken() {
    var keeping = rules;
    return keeping == null ? current.accessToken() : keeping.fresh(this).accessToken();
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
    return Instant.ofEpochMilli(current.expiresAt());
  }

  @Override
  public String scope() {
    return current.scope();
  }

  @Override
  public String idToken() {
    return current.idToken();
  }

  @Override
  public Map<String, Object> idTokenClaims() {
    return ClaimsJson.parse(TokenSet.payload(current.idToken()));
  }

  @Override
  public Optional<String> refreshToken() {
    return current.refreshToken();
  }

  @Override
  public AuthenticatedUser user() {
    return current.user();
  }

  @Override
  public boolean mayGoTo(URI address) {
    var keeping = rules;
    return keeping != null && keeping.apiOrigins().contain(address);
  }

  @Override
  public URI logout() {
    var keeping = rules;
    if (keeping == null) {
      throw new IllegalStateException("tokens outside a session: get them by Tokens.of");
    }
    return keeping.logout().end(this);
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
    return "Tokens[" + current.user() + ", expiresAt=" + expiresAt() + "]";
  }

  private Object writeReplace() {
    return new SessionForm(this);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Tokens are written as a SessionForm");
  }
}
