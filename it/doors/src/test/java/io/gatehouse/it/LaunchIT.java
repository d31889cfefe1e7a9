package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchIT {
  @Test
  void servesSeveralContextPaths() {
    var directory =
        ServerProcess.directory()
            .resolveSibling("launch")
            .toAbsolutePath()
            .resolve(DoorsServer.container());
    var outside = ServerProcess.directory().resolve("outside.war");
    var begun = System.nanoTime();
    try (var server =
        DoorsServer.start(
            directory,
            ServerProcess.freePort(),
            List.of(
                new Deployed(outside, "/d"),
                new Deployed(outside, "/multi/level"),
                new Deployed(outside, "")))) {
      for (var context : List.of("/d", "/multi/level", "")) {
        server.await(context, "/reach?context=/d/nothing");
        assertThat(new Browser().get(server.address(context, "/reach?context=/d/nothing")).body())
            .isNotEmpty();
      }
      System.err.println(
          "STARTED " + (System.nanoTime() - begun) / 1_000_000 + " " + server.log().length());
    }
  }
}
