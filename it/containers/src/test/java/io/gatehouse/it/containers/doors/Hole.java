package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.RawAnswer;
import io.gatehouse.it.servers.container.RawHttp;
import io.gatehouse.it.servers.container.WarFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A hole of a container that a Gatehouse class closes, reopened by a variant of the class.
 *
 * @param variant the class without the code that closes the hole
 * @param path of a request that goes through the hole, in an application at {@link #CONTEXT}
 * @param headers of the request
 * @param servlet the one that the audit log has to name
 */
record Hole(CompiledClasses variant, String path, List<String> headers, String servlet) {
  /** The context path of the application. */
  static final String CONTEXT = "/hole";

  private static final Path FILTER = Path.of("../../filter/src/main/java/io/gatehouse/filter");

  /** Creates the hole of the current container. */
  static Hole of(WarFile war, Path directory) {
    return switch (ContainerServer.name()) {
      // Jetty's filter for handshakes runs before all others.
      case "jetty" ->
          new Hole(
              CompiledClasses.of("jetty", war, directory),
              CONTEXT + "/ws/door",
              List.of(
                  "Connection: Upgrade",
                  "Upgrade: websocket",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
              "with an Upgrade header");
      // A path that leaves the application and comes back.
      case "liberty" ->
          new Hole(
              CompiledClasses.of(List.of(blindWatch(directory)), war, directory),
              CONTEXT + "/../" + "x".repeat(CONTEXT.length()) + "secret",
              List.of(),
              "servlet io.gatehouse.doors.ServletDoor");
      // It serves an application without a filter whose start has thrown.
      case "payara-micro", "payara-server" ->
          new Hole(
              CompiledClasses.of("payara", war, directory),
              CONTEXT + "/secret",
              List.of(),
              "servlet io.gatehouse.doors.ServletDoor");
      default -> throw new IllegalStateException("no hole is known of " + ContainerServer.name());
    };
  }

  // Of the class itself, so that it goes on to notice what it no longer refuses.
  private static Path blindWatch(Path directory) {
    try {
      var text = Files.readString(FILTER.resolve("RequestWatch.java"));
      var blind = text.replace("&& !isPath(http)", "&& !isPath(http) && false");
      if (blind.equals(text)) {
        throw new IllegalStateException("RequestWatch refuses by another condition now");
      }
      Files.createDirectories(directory);
      return Files.writeString(directory.resolve("RequestWatch.java"), blind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isKnown() {
    return List.of("jetty", "liberty", "payara-micro", "payara-server")
        .contains(ContainerServer.name());
  }

  /** Adds the hole to a WAR. */
  WarFile addTo(WarFile war) {
    return war.withLibrary("gatehouse-filter", it -> variant.addTo(it, "/"));
  }

  /** Sends a stranger's request through the hole. */
  RawAnswer pass(int port) {
    try (var connection = new RawHttp(port).within(3000)) {
      return connection.send("GET", path, headers.toArray(String[]::new));
    }
  }
}
