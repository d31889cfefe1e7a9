package io.gatehouse.internal.session;

import io.gatehouse.LogoutEvent;
import java.net.URI;
import java.util.Optional;

/** Rules of a session, as the tokens in it use them. */
interface SessionRules {
  /**
   * Returns the tokens of the moment, renewed if they are due.
   *
   * @throws io.gatehouse.LoginNeededException if the session has ended or cannot be renewed
   * @throws io.gatehouse.ServerUnavailableException if the access token has ended and the server
   *     cannot be reached
   */
  TokenSet fresh(RenewableTokens tokens);

  /**
   * Returns other tokens than the ones whose access token an API refused; empty if there are none
   * now.
   */
  Optional<TokenSet> freshInsteadOf(RenewableTokens tokens, String refused);

  /** Returns whether a token may be sent to an address. */
  boolean mayGoTo(URI address);

  /**
   * Logs the user out.
   *
   * @return where to send the browser next
   */
  URI logOut(RenewableTokens tokens);

  /** Does what follows when a session has ended on this node. */
  void ended(RenewableTokens tokens, LogoutEvent.Cause cause);
}
