package io.gatehouse.doors;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** A WebSocket for users. */
@ServerEndpoint("/ws/door")
public final class SocketDoor {
  /** Greets the user. */
  @OnOpen
  public void open(Session session) throws IOException {
    Counts.add("websocket");
    session.getBasicRemote().sendText("SECRET websocket user " + session.getUserPrincipal());
  }
}
