package io.gatehouse.internal.session;

import io.gatehouse.LogoutEvent;
import io.gatehouse.internal.server.Pause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The tokens of a login and their replacement in the course of a session: one {@link TokenSet} at a
 * time, the state for replacing it once, and its end.
 *
 * <pre>
 *            replace, logInAgain
 *                 +---------+
 *                 v         |
 * login ------> live -------+
 *                 |   postpone: still live, not renewed within a pause
 *                 |
 *                 | end, endIfStill: informs the rules, once
 *                 | endWithSession: informs the rules, since the container has ended it
 *                 | endCopyIfStill: informs nothing, since another node has
 *                 v
 *               ended           replace and logInAgain are refused
 * </pre>
 *
 * <p>This class is the superclass of the type that applications see, instead of a part of it, so
 * that each session needs one object less.
 */
public abstract class RenewableTokens {
  private volatile String registration;
  private final String publicUrl;
  private volatile long loggedInAt;
  private volatile TokenSet current;

  // Held during a call; a lock, so that virtual threads can wait for it.
  private final transient ReentrantLock refreshing = new ReentrantLock();
  private transient volatile Pause pause = Pause.NONE;
  // Held while the tokens are replaced or ended, so that neither operation undoes the other.
  private final transient ReentrantLock changing = new ReentrantLock();
  // Set without the lock above where the container holds locks of its own.
  private final transient AtomicReference<EndState> state = new AtomicReference<>(EndState.LIVE);

  /**
   * Creates the tokens.
   *
   * @param registration the client registration under which the user logged in
   * @param publicUrl the application's URL at login; an empty text if the URL is configured
   * @param loggedInAt the time of the login, in milliseconds since the epoch
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

  /** Limits the time of a login that began while the clock was ahead. */
  void beganBy(long latest) {
    loggedInAt = Math.min(loggedInAt, latest);
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

  /** Returns the time in which no refresh is tried. */
  Pause pause() {
    return pause;
  }

  void postpone(Pause later) {
    pause = later;
  }

  public boolean hasEnded() {
    return state.get() != EndState.LIVE;
  }

  boolean hasContainerEnded() {
    return state.get() == EndState.ENDED_BY_CONTAINER;
  }

  /**
   * Replaces the tokens after a refresh.
   *
   * @return false if a logout or a login came meanwhile, which takes precedence
   */
  public boolean replace(TokenSet known, TokenSet renewed) {
    return changed(() -> current == known ? store(renewed) : Optional.empty()).isPresent();
  }

  /**
   * Continues with the tokens of another login of the same user.
   *
   * @param registrationNow the client registration of the new login
   * @return what was replaced; empty if the session has ended meanwhile
   */
  public Optional<TokenSet> logInAgain(TokenSet issued, String registrationNow) {
    return changed(
        () -> {
          registration = registrationNow;
          loggedInAt = issued.receivedAt();
          pause = Pause.NONE;
          return store(issued);
        });
  }

  private Optional<TokenSet> changed(Supplier<Optional<TokenSet>> change) {
    changing.lock();
    try {
      var before = current;
      try {
        return change.get();
      } catch (IllegalStateException invalidated) { // ends below, without the lock
        current = before; // what was issued may begin a session of its own
      }
    } finally {
      changing.unlock();
    }
    endWithSession();
    return Optional.empty();
  }

  // Sets the session attribute too: containers replicate what is set.
  private Optional<TokenSet> store(TokenSet set) {
    if (hasEnded() || hasLaterCopy(set)) {
      return Optional.empty();
    }
    var replaced = current;
    current = set;
    putIntoSession();
    return Optional.of(replaced);
  }

  /** Returns whether the container has put later tokens than these into the session. */
  abstract boolean hasLaterCopy(TokenSet set);

  /** Returns whether the container has put tokens of another login into the session. */
  abstract boolean hasCopyOfOtherLogin();

  /** Puts the current tokens into the session, if they belong to one. */
  abstract void putIntoSession();

  /** Invalidates the session, if the tokens belong to one. */
  abstract void invalidateSession();

  /** Closes everything that the session has open on this node. */
  abstract void closeOpenResources();

  /**
   * Informs the other nodes that the session ends.
   *
   * @param cause {@code CONTAINER} for a logout after the container has ended the session here
   * @return false if another node has informed the application already
   */
  abstract boolean tellOtherNodes(LogoutEvent.Cause cause);

  /** Informs the rules of the session that it has ended, if they are known. */
  abstract void tell(LogoutEvent.Cause cause);

  /** Informs the rules of the session that the container has ended it, if they are known. */
  abstract void tellOfContainer();

  /** Ends the session, once. */
  public void end(LogoutEvent.Cause cause) {
    endIf(it -> true, cause);
  }

  /** Ends the session if its tokens are still the given ones. */
  public void endIfStill(TokenSet known, LogoutEvent.Cause cause) {
    endIf(it -> it == known, cause);
  }

  private void endIf(Predicate<TokenSet> meant, LogoutEvent.Cause cause) {
    if (markEnded(meant)) {
      var isFirst = tellOtherNodes(cause); // before their containers end their copies
      // Later tokens may have been renewed where these were refused.
      invalidateUnless(
          () -> cause == LogoutEvent.Cause.REFUSED ? hasLaterCopy(current) : hasCopyOfOtherLogin());
      if (isFirst) {
        tell(cause);
      }
    } else if ((cause == LogoutEvent.Cause.LOGOUT || cause == LogoutEvent.Cause.SERVER)
        && hasContainerEnded()
        && meant.test(current)) {
      tellOtherNodes(LogoutEvent.Cause.CONTAINER);
    }
  }

  /** Ends this copy of a session that has ended elsewhere, if its tokens are still these. */
  void endCopyIfStill(TokenSet known) {
    if (markEnded(it -> it == known)) {
      invalidateUnless(this::hasCopyOfOtherLogin);
    }
  }

  /** Records the container's end of the session. It may hold locks, so this takes none. */
  void endWithSession() {
    if (state.compareAndSet(EndState.LIVE, EndState.ENDED_BY_CONTAINER)) {
      closeOpenResources();
      tellOfContainer();
    }
  }

  private boolean markEnded(Predicate<TokenSet> meant) {
    changing.lock();
    try {
      return meant.test(current) && state.compareAndSet(EndState.LIVE, EndState.ENDED);
    } finally {
      changing.unlock();
    }
  }

  private void invalidateUnless(BooleanSupplier isOfOther) {
    try {
      if (!isOfOther.getAsBoolean()) {
        invalidateSession();
      }
    } catch (IllegalStateException endedMeanwhile) {
      // by another request or by the container
    } finally {
      closeOpenResources();
    }
  }
}
