package io.gatehouse.internal.session;

import io.gatehouse.LogoutEvent;
import io.gatehouse.Tokens;
import io.gatehouse.internal.open.OpenResource;
import java.net.URI;
import java.util.Optional;

/** The rules of a session, as its tokens use them. */
interface SessionRules {
  /**
   * Returns the current tokens, renewed if due.
   *
   * @throws io.gatehouse.LoginNeededException if the session has ended or cannot be renewed
   * @throws io.gatehouse.ServerUnavailableException if the access token has expired and the
   *     authorization server cannot be reached
   */
  TokenSet fresh(RenewableTokens tokens);

  /**
   * Returns tokens other than those whose access token an API refused; empty if none are available
   * now.
   */
  Optional<TokenSet> freshInsteadOf(RenewableTokens tokens, String refused);

  /** Returns whether a token may be sent to an address. */
  boolean mayGoTo(URI address);

  /**
   * Logs the user out.
   *
   * @return the address to send the browser to next
   */
  URI logOut(RenewableTokens tokens);

  /** Keeps a resource that is open in the session, to close it when the session ends. */
  Tokens.Registration keepOpen(SessionTokens tokens, OpenResource resource);

  /** Closes everything that an ended session has open on this node. */
  void closeAllOf(SessionTokens ended);

  /**
   * Informs the other nodes that a session ends here.
   *
   * @param cause {@code CONTAINER} for a logout after the container has ended the session here
   * @return false if another node has informed the application already
   */
  boolean tellOtherNodes(RenewableTokens ended, LogoutEvent.Cause cause);

  /** Informs the application, soon, that the container has ended the session. */
  void endedByContainer(RenewableTokens tokens);

  /** Carries out the consequences of a session's end on this node. */
  void ended(RenewableTokens tokens, LogoutEvent.Cause cause);
}
