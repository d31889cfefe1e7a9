package io.gatehouse.internal.cluster;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.observability.RareWarning;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.session.RefreshOnce;
import io.gatehouse.internal.session.RefreshOutcome;
import io.gatehouse.internal.session.TokenSet;
import io.gatehouse.internal.session.TokenSetForm;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ensures that only one node uses a refresh token. The shared cache holds the newest tokens of each
 * login, sealed, and the state of their renewal. A node records there that it is about to use the
 * refresh token, and then the outcome (docs/decisions/0019-one-refresh.md).
 */
public final class SharedRefreshes implements RefreshOnce {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration ROUND = Duration.ofMillis(50);

  private enum State {
    /** No node is renewing the tokens. */
    RESTING,
    /** A node is renewing the tokens, and must record the outcome by the given time. */
    CALLING,
    /** The authorization server must not be called before the given time. */
    LATER,
    /** The refresh token may be spent. */
    LOST,
    /** The authorization server does not renew the tokens. */
    REFUSED
  }

  /** The entry of a login in the cache. */
  private record Entry(State state, long until, TokenSet newest) {}

  private final SharedCache cache;
  private final LoginKeyRing ring;
  private final Duration longestCall;
  private final BoundedWait boundedWait;
  private final Clock clock;
  private final RareWarning failing;

  /**
   * Creates the guard.
   *
   * @param ring the key ring whose keys seal the tokens, the same on all nodes
   * @param longestCall the time after which a node that has not recorded the outcome of its call
   *     counts as dead, by the clock of any node
   * @param boundedWait bounds how long a request waits for another node
   */
  public SharedRefreshes(
      SharedCache cache,
      LoginKeyRing ring,
      Duration longestCall,
      BoundedWait boundedWait,
      Clock clock) {
    this.cache = cache;
    this.ring = ring;
    this.longestCall = longestCall;
    this.boundedWait = boundedWait;
    this.clock = clock;
    this.failing = new RareWarning(clock);
  }

  @Override
  public RefreshOutcome use(TokenSet known, boolean lives, Supplier<RefreshOutcome> call) {
    var name = "refresh " + known.sessionName().byLogin();
    var until = clock.millis() + longestCall.toMillis();
    var mine = written(new Entry(State.CALLING, until, known), name);
    Supplier<RefreshOutcome> attempt = () -> attempt(name, mine, known, call);
    var first = attempt.get();
    return lives || !isElsewhere(first)
        ? first
        : boundedWait.await(it -> repeated(attempt, it), first);
  }

  private static RefreshOutcome repeated(Supplier<RefreshOutcome> attempt, long milliseconds)
      throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    RefreshOutcome outcome;
    do {
      TimeUnit.MILLISECONDS.sleep(ROUND.toMillis());
      outcome = attempt.get();
    } while (isElsewhere(outcome) && System.nanoTime() < deadline);
    return outcome;
  }

  private static boolean isElsewhere(RefreshOutcome outcome) {
    return outcome.kind() == RefreshOutcome.Kind.ELSEWHERE;
  }

  private RefreshOutcome attempt(
      String name, String mine, TokenSet known, Supplier<RefreshOutcome> call) {
    var there = shared(() -> cache.find(name));
    // Equal to mine if the cache stored the entry although it reported a failure.
    var standing = there.filter(it -> !it.equals(mine)).flatMap(it -> standing(it, name, known));
    if (standing.isPresent()) {
      return standing.get();
    }
    return shared(() -> take(name, there, mine))
        ? callAndTell(name, known, call)
        : RefreshOutcome.elsewhere();
  }

  private boolean take(String name, Optional<String> there, String mine) {
    return there.isPresent()
        ? cache.replace(name, there.get(), mine)
        : cache.putIfAbsent(name, mine);
  }

  /**
   * Returns the outcome already known; empty if these are the newest tokens, and free to be
   * renewed.
   */
  private Optional<RefreshOutcome> standing(String text, String name, TokenSet known) {
    var entry = read(text, name);
    if (entry.isEmpty()) {
      return Optional.of(RefreshOutcome.lost()); // it is unknown whether the token is spent
    }
    var newest = entry.get().newest();
    if (newest.generation() != known.generation()) {
      return newest.generation() > known.generation()
          ? Optional.of(RefreshOutcome.renewedElsewhere(newest))
          : Optional.empty(); // the last outcome could not be recorded
    }
    var until = entry.get().until();
    return switch (entry.get().state()) {
      case RESTING -> Optional.empty();
      case CALLING ->
          Optional.of(
              clock.millis() < until
                  ? RefreshOutcome.elsewhere()
                  : RefreshOutcome.lost()); // the node has died; its call may have been sent
      case LATER -> isToCome(until) ? Optional.of(RefreshOutcome.later(until)) : Optional.empty();
      case LOST -> Optional.of(RefreshOutcome.lost());
      case REFUSED -> Optional.of(RefreshOutcome.refused());
    };
  }

  // By the clock of another node, which may have been ahead.
  private boolean isToCome(long until) {
    var rest = until - clock.millis();
    return rest > 0 && rest <= RefreshOutcome.LONGEST_PAUSE.toMillis();
  }

  private RefreshOutcome callAndTell(String name, TokenSet known, Supplier<RefreshOutcome> call) {
    var outcome = RefreshOutcome.lost();
    try {
      outcome = call.get();
      return outcome;
    } finally {
      tell(name, known, outcome);
    }
  }

  private void tell(String name, TokenSet known, RefreshOutcome outcome) {
    var entry =
        switch (outcome.kind()) {
          case RENEWED, RENEWED_ELSEWHERE -> new Entry(State.RESTING, 0, outcome.tokens());
          case LATER -> new Entry(State.LATER, outcome.until(), known);
          case REFUSED -> new Entry(State.REFUSED, 0, known.withoutRefreshToken());
          case LOST, ELSEWHERE -> new Entry(State.LOST, 0, known.withoutRefreshToken());
        };
    try {
      cache.put(name, written(entry, name));
    } catch (RuntimeException e) {
      // This copy of the session has the outcome; another node will treat the token as lost.
      warn(e);
    }
  }

  private String written(Entry entry, String name) {
    var sealed = ring.sealForNodes(TokenSetForm.toBytes(entry.newest()), name);
    return entry.state() + "/" + entry.until() + "/" + sealed;
  }

  private Optional<Entry> read(String text, String name) {
    var parts = text.split("/", -1);
    try {
      var state = State.valueOf(parts[0]);
      var until = Long.parseLong(parts[1]);
      return ring.openFromNodes(parts[2], name)
          .flatMap(TokenSetForm::fromBytes)
          .map(it -> new Entry(state, until, it));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ofAnotherVersion) {
      return Optional.empty();
    }
  }

  private <T> T shared(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      warn(e);
      throw new ServerUnavailableException("the cache of gatehouse.shared fails", SOON);
    }
  }

  private void warn(RuntimeException e) {
    failing.log(Warnings.RENEWALS_NOT_SHARED, e.getClass().getName());
  }
}
