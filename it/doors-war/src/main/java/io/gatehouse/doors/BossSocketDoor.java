package io.gatehouse.doors;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** A WebSocket for a role that no user has. */
@ServerEndpoint("/boss/ws")
public final class BossSocketDoor {
  /** Greets a user with the role. */
  @OnOpen
  public void open(Session session) throws IOException {
    Counts.add("websocket-boss");
    session.getBasicRemote().sendText("SECRET websocket-boss " + session.getUserPrincipal());
  }
}
