package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.Deployed;
import io.gatehouse.it.servers.container.WarFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The application with every door, without its large libraries: guarded, and with an authorization
 * server that does not answer, which the start does not need.
 */
final class SmallWar {
  /** The address to which a guarded page redirects a stranger. */
  static final String AUTHORIZE = "http://127.0.0.1:1/authorize";

  private static final String NOT_NEEDED =
      "/WEB-INF/lib/(aopalliance|hk2|jakarta\\.annotation|jakarta\\.inject|jakarta\\.validation"
          + "|jakarta\\.ws|javassist|jersey|osgi).*"
          + "|/WEB-INF/(beans|faces-config)\\.xml"
          + "|/WEB-INF/classes/io/gatehouse/doors/(Rest.*|ee/.*\\.class)"
          + "|.*\\.(jsp|xhtml)";

  /**
   * The libraries that Jakarta EE and MicroProfile servers provide; the APIs stay for a compiler.
   */
  private static final String OF_SERVER = "|/WEB-INF/lib/(asm|jboss-logging|parsson|smallrye).*";

  private final Path directory;
  private final int port;
  private final ClientKey key;
  private final WarFile unchanged;

  /**
   * Builds the WAR.
   *
   * @param directory for the WAR, its key and the server; the directory is emptied
   * @param port of the server that runs the WAR
   */
  SmallWar(Path directory, int port) {
    this.directory = directory;
    this.port = port;
    removeLogsOfBefore();
    this.key = ClientKey.create(directory.resolve("key.pem"));
    this.unchanged =
        WarFile.copy(Doors.war(), directory.resolve("small.war"))
            .withoutAll(ContainerServer.hasServletsOnly() ? NOT_NEEDED : NOT_NEEDED + OF_SERVER);
  }

  private void removeLogsOfBefore() {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WarFile unchanged() {
    return unchanged;
  }

  ClientKey key() {
    return key;
  }

  /** Returns a copy with a slip. */
  Deployed with(Slip slip) {
    var properties =
        new HashMap<>(
            Map.of(
                "gatehouse.provider", "verifier",
                "gatehouse.warm-up", "false",
                "gatehouse.issuer", "http://127.0.0.1:1",
                "gatehouse.endpoints.authorization", AUTHORIZE,
                "gatehouse.endpoints.token", "http://127.0.0.1:1/token",
                "gatehouse.endpoints.jwks", "http://127.0.0.1:1/jwks",
                "gatehouse.signing-key", key.location(),
                "gatehouse.public-url", "http://localhost:" + port + "/" + slip.name(),
                "gatehouse.public-paths", "/,/open/*,/counts"));
    properties.putAll(slip.properties());
    properties.values().removeIf(String::isEmpty);
    var war =
        WarFile.copy(unchanged.path(), directory.resolve("wars/" + slip.name() + ".war"))
            .with(
                "/WEB-INF/classes/META-INF/microprofile-config.properties",
                properties.entrySet().stream()
                    .map(it -> it.getKey() + "=" + it.getValue() + "\n")
                    .collect(Collectors.joining()));
    return new Deployed(slip.change().apply(war).path(), "/" + slip.name());
  }
}
