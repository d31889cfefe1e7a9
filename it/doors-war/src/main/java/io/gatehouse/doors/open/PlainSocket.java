package io.gatehouse.doors.open;

import io.gatehouse.Tokens;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Optional;

/** A WebSocket that knows nothing of Gatehouse, but for what its handshake shows. */
@ServerEndpoint(value = "/ws/plain", configurator = PlainSocket.Handshake.class)
public final class PlainSocket {
  /** Puts what the handshake shows into the properties of the endpoint. */
  public static final class Handshake extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      var user = request.getUserPrincipal();
      var bySession =
          request.getHttpSession() instanceof HttpSession session
              ? Tokens.of(session)
              : Optional.<Tokens>empty();
      config
          .getUserProperties()
          .put(
              "shown",
              "user "
                  + (user == null ? null : user.getName())
                  + " auditor "
                  + request.isUserInRole("Audit:Read")
                  + " tokens "
                  + Tokens.of(user).isPresent()
                  + " session "
                  + bySession.isPresent());
    }
  }

  /** Greets with what the handshake has shown. */
  @OnOpen
  public void open(Session session) throws IOException {
    session.getBasicRemote().sendText(String.valueOf(session.getUserProperties().get("shown")));
  }

  /** Answers a ping of the test. */
  @OnMessage
  public String message(String any) {
    return "pong";
  }
}
