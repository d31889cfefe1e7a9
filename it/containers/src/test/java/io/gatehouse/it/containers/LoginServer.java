package io.gatehouse.it.containers;

import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The stand-in that all test classes log in at, and the application's key there. */
final class LoginServer implements AutoCloseable {
  private static final LoginServer ONE = new LoginServer();

  private final StandIn standIn;
  private final ClientKey key;

  private LoginServer() {
    Path directory = ServerProcess.directory().resolveSibling("it").toAbsolutePath();
    key = ClientKey.create(directory.resolve("signing-key.pem"));
    standIn =
        StandIn.start(
            directory.resolve("standin.log"),
            ServerProcess.freePort(),
            "3.x",
            List.of("--standin.strict=true"));
  }

  static StandIn standIn() {
    return ONE.standIn;
  }

  /** The application's client id, at this server or any other. */
  static String clientId() {
    return ONE.key.didKey();
  }

  /** What the application has to know of it. */
  static Map<String, String> settings() {
    return Map.of(
        "gatehouse.issuer", ONE.standIn.issuer(),
        "gatehouse.id-token.issuer", ONE.standIn.tokenIssuer(),
        "gatehouse.signing-key", ONE.key.location());
  }

  /** Waits until it answers, and makes the application known there. */
  static void register(String publicUrl) {
    ONE.standIn.await().registerDidKey(ONE.key.didKey(), publicUrl);
  }

  @Override
  public void close() {
    standIn.close();
  }

  /** Starts it before the container, which takes as long, and ends it after the last test. */
  static final class Start implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(LoginServer.class))
          .getOrComputeIfAbsent(LoginServer.class, it -> ONE);
    }
  }
}
