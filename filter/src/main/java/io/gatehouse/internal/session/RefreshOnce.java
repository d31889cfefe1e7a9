package io.gatehouse.internal.session;

import java.util.function.Supplier;

/** Lets a refresh token be used once, however many copies of its session there are. */
@FunctionalInterface
public interface RefreshOnce {
  /** Where a session has one copy, the lock of its tokens is enough. */
  RefreshOnce ON_ONE_NODE = (known, lives, call) -> call.get();

  /**
   * What becomes of the refresh token, or has become of it already.
   *
   * @param known whose refresh token it is
   * @param lives whether the access token serves on, so that nobody need wait
   * @param call uses it
   * @throws io.gatehouse.ServerUnavailableException if the other nodes cannot be asked
   */
  RefreshOutcome use(TokenSet known, boolean lives, Supplier<RefreshOutcome> call);
}
