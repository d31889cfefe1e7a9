package io.gatehouse.filter;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.protocol.LoginKeyRing;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One use of a refresh token on all nodes: who means to use it says so in the shared cache first,
 * and leaves there what came of it, new tokens sealed (docs/decisions/0019-one-refresh.md).
 */
final class SharedRefreshes implements RefreshOnce {
  /** How long it is known what came of a refresh: longer than any copy of a session lags behind. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final long ROUND_MILLIS = 50;

  /** What stands in the cache: KIND/UNTIL/SEALED-TOKENS. */
  private record Entry(RefreshOutcome.Kind kind, long until, String sealedTokens) {
    static Optional<Entry> read(String text) {
      var parts = text.split("/", 3);
      try {
        return Optional.of(
            new Entry(RefreshOutcome.Kind.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ofAnotherVersion) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return kind + "/" + until + "/" + sealedTokens;
    }
  }

  private final SharedCache cache;
  private final LoginKeyRing ring;
  private final Duration longestCall;
  private final Duration patience;
  private final Clock clock;
  private final RareWarning failing;

  /**
   * @param ring whose keys seal the tokens, the same on all nodes
   * @param longestCall after which a node that has not said what came of its call has died
   * @param patience the longest that a request waits for another node
   */
  SharedRefreshes(
      SharedCache cache, LoginKeyRing ring, Duration longestCall, Duration patience, Clock clock) {
    this.cache = cache;
    this.ring = ring;
    this.longestCall = longestCall;
    this.patience = patience;
    this.clock = clock;
    this.failing = new RareWarning(clock);
  }

  @Override
  public RefreshOutcome use(TokenSet known, boolean lives, Supplier<RefreshOutcome> call) {
    var name = name(known);
    var rounds = patience.toMillis() / ROUND_MILLIS;
    for (long i = 0; i < rounds; i++) {
      var there = shared(() -> cache.find(name));
      var mine = mine();
      if (there.isEmpty()) {
        if (shared(() -> cache.putIfAbsent(name, mine))) {
          return callAndTell(name, call);
        }
        continue; // by another node, just now
      }
      var outcome = outcome(there.get(), name);
      switch (outcome.kind()) {
        case LATER -> {
          if (clock.millis() < outcome.until()) {
            return outcome;
          }
          if (shared(() -> cache.replace(name, there.get(), mine))) {
            return callAndTell(name, call);
          }
        }
        case ELSEWHERE -> {
          if (lives || !pause()) {
            return outcome;
          }
        }
        default -> {
          return outcome;
        }
      }
    }
    return RefreshOutcome.elsewhere();
  }

  private String mine() {
    var until = clock.millis() + longestCall.toMillis();
    return new Entry(RefreshOutcome.Kind.ELSEWHERE, until, "").toString();
  }

  // A hash, since a cache needs to know no token.
  private static String name(TokenSet known) {
    return "refresh " + Fingerprint.of(known.refreshToken().orElseThrow());
  }

  private RefreshOutcome callAndTell(String name, Supplier<RefreshOutcome> call) {
    var outcome = RefreshOutcome.lost();
    try {
      outcome = call.get();
      return outcome;
    } finally {
      tell(name, outcome);
    }
  }

  // The session has the new tokens all the same; a copy of it on another node will take the refresh
  // token for lost.
  private void tell(String name, RefreshOutcome outcome) {
    var sealedTokens =
        outcome.kind() == RefreshOutcome.Kind.RENEWED
            ? ring.sealForNodes(TokenSetForm.toBytes(outcome.tokens()), name)
            : "";
    try {
      cache.put(name, new Entry(outcome.kind(), outcome.until(), sealedTokens).toString());
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private RefreshOutcome outcome(String text, String name) {
    var entry = Entry.read(text);
    if (entry.isEmpty()) {
      return RefreshOutcome.lost();
    }
    return switch (entry.get().kind()) {
      case RENEWED, RENEWED_ELSEWHERE ->
          ring.openFromNodes(entry.get().sealedTokens(), name)
              .flatMap(TokenSetForm::fromBytes)
              .map(RefreshOutcome::renewedElsewhere)
              .orElseGet(RefreshOutcome::lost);
      case REFUSED -> RefreshOutcome.refused();
      case LOST -> RefreshOutcome.lost();
      case LATER -> RefreshOutcome.later(entry.get().until());
      case ELSEWHERE ->
          clock.millis() < entry.get().until()
              ? RefreshOutcome.elsewhere()
              : RefreshOutcome.lost(); // the node has died, and nobody knows what it had sent
    };
  }

  /** Waits a moment; says whether to go on waiting. */
  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
    failing.log(
        "the cache of gatehouse.shared fails, so tokens are not renewed: {0}",
        e.getClass().getName());
  }
}
