package io.gatehouse.internal.session;

import io.gatehouse.LogoutEvent;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The tokens of a log-in as they are replaced in the course of a session: one {@link TokenSet} at a
 * time, what is needed to replace it once, and its end.
 *
 * <pre>
 *               replace, logInAgain
 *                  +---------+
 *                  v         |
 *   log-in ----> live -------+
 *                  |   postpone: still live, not renewed before nextTry
 *                  |
 *                  | end, endIfStill: tells the rules, once
 *                  | endCopyIfStill: tells nothing, since another node has
 *                  v
 *                ended           replace and logInAgain are refused
 * </pre>
 *
 * <p>The superclass, and not a part, of what applications see: each session keeps one object less.
 */
public abstract class RenewableTokens {
  private volatile String registration;
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

  /**
   * @param registration which configuration the user logged in under
   * @param publicUrl the application's URL at the log-in, if it is not configured; or an empty text
   * @param loggedInAt when the user logged in, in milliseconds since the epoch
   */
  RenewableTokens(String registration, String publicUrl, long loggedInAt, TokenSet current) {
    this.registration = registration;
    this.publicUrl = publicUrl;
    this.loggedInAt = loggedInAt;
    this.current = current;
  }

  public TokenSet current() {
    return current;
  }

  public String registration() {
    return registration;
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

  /**
   * Replaces the tokens after a refresh.
   *
   * @return false if they are others by now: a log-out during a refresh wins, and so does a log-in
   */
  public boolean replace(TokenSet known, TokenSet renewed) {
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
   * @param registrationNow which configuration the user has logged in under this time
   * @return false if the session has ended meanwhile
   */
  public boolean logInAgain(TokenSet issued, String registrationNow) {
    changing.lock();
    try {
      registration = registrationNow;
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
    try {
      if (hasLaterCopy(set)) {
        return false;
      }
      current = set;
      putIntoSession();
      return true;
    } catch (IllegalStateException invalidated) {
      ended = true;
      return false;
    }
  }

  /** Returns whether the container has put later tokens than these into the session. */
  abstract boolean hasLaterCopy(TokenSet set);

  /** Puts the tokens of the moment into the session, if they are in one. */
  abstract void putIntoSession();

  /** Invalidates the session, if they are in one. */
  abstract void invalidateSession();

  /** Tells the rules of the session that it has ended, if there are any. */
  abstract void tell(LogoutEvent.Cause cause);

  /** Ends the session, once. */
  public void end(LogoutEvent.Cause cause) {
    if (endIf(it -> true)) {
      tell(cause);
    }
  }

  /** Ends the session if its tokens are still these. */
  public void endIfStill(TokenSet known, LogoutEvent.Cause cause) {
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
    try {
      if (!hasLaterCopy(current)) {
        invalidateSession();
      }
    } catch (IllegalStateException endedMeanwhile) {
      // by another request, or by the container: nothing is left to end
    }
    return true;
  }
}
