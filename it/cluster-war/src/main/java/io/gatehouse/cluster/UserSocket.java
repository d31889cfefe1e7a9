package io.gatehouse.cluster;

import io.gatehouse.Tokens;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** A WebSocket that closes with its session. */
@ServerEndpoint("/socket")
public final class UserSocket {
  /** Greets with the name of the session at the authorization server. */
  @OnOpen
  public void open(Session session) throws IOException {
    var tokens = Tokens.of(session.getUserPrincipal()).orElseThrow();
    tokens.onEnd(session);
    session
        .getBasicRemote()
        .sendText(tokens.user().claims().get("sid") + " " + tokens.user().subject());
  }
}
