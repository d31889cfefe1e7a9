package io.gatehouse.doors.open;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.Tokens;
import io.gatehouse.doors.Counts;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.TreeSet;

/** A WebSocket as docs/long-lived.md shows it: it closes with the session of its user. */
@ServerEndpoint("/ws/user")
public final class UserSocket {
  /** Registers the socket. */
  @OnOpen
  public void open(Session session) throws IOException {
    Counts.add("user-socket");
    Tokens.of(session.getUserPrincipal()).orElseThrow().onEnd(session);
    session.getBasicRemote().sendText("open");
  }

  /** Answers what the endpoint knows of its user. */
  @OnMessage
  public String message(String question, Session session) {
    var user = (AuthenticatedUser) session.getUserPrincipal();
    var tokens = Tokens.of(user).orElseThrow();
    return switch (question) {
      case "user" -> user.getName() + " " + new TreeSet<>(user.roles());
      case "token" -> String.valueOf(tokens.accessToken().hashCode());
      default -> "pong";
    };
  }
}
