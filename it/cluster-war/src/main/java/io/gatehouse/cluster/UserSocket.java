package io.gatehouse.cluster;

import io.gatehouse.Tokens;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** A WebSocket that is registered to close with its session, or for comparison is not. */
@ServerEndpoint("/sockets/{kind}")
public final class UserSocket {
  /** Greets with the name of the session at the authorization server. */
  @OnOpen
  public void open(Session session, @PathParam("kind") String kind) throws IOException {
    var tokens = Tokens.of(session.getUserPrincipal()).orElseThrow();
    if (kind.equals("registered")) {
      tokens.onEnd(session);
    }
    session
        .getBasicRemote()
        .sendText(tokens.user().claims().get("sid") + " " + tokens.user().subject());
  }
}
