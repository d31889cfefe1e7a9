package io.gatehouse.internal.session;

import java.util.function.Supplier;

/** Ensures that a refresh token is used once, however many copies of its session exist. */
@FunctionalInterface
public interface RefreshOnce {
  /** The guard for a single node: a session has one copy, so the lock of its tokens suffices. */
  RefreshOnce ON_ONE_NODE = (known, lives, call) -> call.get();

  /**
   * Uses a refresh token, unless it was used already, and returns the outcome.
   *
   * @param known the tokens with the refresh token
   * @param lives whether the access token is still valid, so that no caller need wait
   * @param call uses the refresh token
   * @throws io.gatehouse.ServerUnavailableException if the state on other nodes is unavailable
   */
  RefreshOutcome use(TokenSet known, boolean lives, Supplier<RefreshOutcome> call);
}
