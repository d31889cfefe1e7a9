package io.gatehouse.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tomcat on virtual threads: none of Gatehouse's waits keeps its carrier. The test needs JDK 21 or
 * newer.
 */
@EnabledIfSystemProperty(named = VirtualThreadsIT.JDK, matches = ".+")
class VirtualThreadsIT {
  static final String JDK = "newer.jdk";

  private static final int CONNECTIONS = 50;
  private static final int USERS = 20;

  // Once for each class, and whoever comes first: the JDK's own, of its HTTP client for example.
  private static final String LOADING = "java.lang.ClassLoader.loadClass";

  // So that all come back in the second half of it, and none after its end.
  private static final Duration LIFE = Duration.ofSeconds(14);

  @TempDir private Path directory;

  @Test
  void gatehousePinsNone() {
    var jdk = Path.of(System.getProperty(JDK));
    var file = directory.resolve("pinned.jfr");
    var options = new ArrayList<>(PinnedThreads.recording(file));
    options.add("-D" + LoadedTomcat.VIRTUAL_THREADS + "=true");
    var pages = 0L;
    int logIns;
    long renewals;
    try (var approving = ApprovingServer.start(LIFE)) {
      try (var server = LoadedServer.start(directory, Variant.GATEHOUSE, approving, jdk, options)) {
        server.pin();
        var load = new Load(CONNECTIONS, Duration.ofSeconds(3));
        var end = Instant.now().plus(Scale.seconds(60)).plus(LIFE);
        var sessions = logIn(server);
        logIns = USERS;
        while (Instant.now().isBefore(end)) {
          pages += load.send(server, 200, sessions).latencies().count();
          load.send(server, 302, List.of(server.anonymous()));
          logIn(server);
          logIns += USERS;
        }
      }
      renewals = approving.calls("/token") - logIns;
    }
    var all = PinnedThreads.read(jdk, file);
    var pinned = all.without(PinnedOnPurpose.class.getName());
    var ours = pinned.with("io.gatehouse").without("io.gatehouse.it");
    var lines = new ArrayList<String>();
    var oursLater = ours.without(LOADING);
    lines.add(
        "| pages | logins | renewals | pinned, with code of Gatehouse on the stack | of these while a class is loaded | pinned, others |");
    lines.add("|---|---|---|---|---|---|");
    lines.add(
        "| %,d | %d | %d | %d | %d | %d |"
            .formatted(
                pages,
                logIns,
                renewals,
                ours.stacks().size(),
                ours.stacks().size() - oursLater.stacks().size(),
                pinned.stacks().size() - ours.stacks().size()));
    pinned.tops().forEach((top, count) -> lines.add("\n`" + top + "`: " + count));
    Report.write("virtual threads", lines);
    assertThat(all.with(PinnedOnPurpose.class.getName()).stacks())
        .as("the one on purpose, or nothing is recorded")
        .isNotEmpty();
    assertThat(renewals).as("renewals").isPositive();
    assertThat(oursLater.stacks()).as("pinned, with code of Gatehouse on the stack").isEmpty();
  }

  private static List<String> logIn(LoadedServer server) {
    var pages = new ArrayList<String>();
    try (var connection = new Connection(server.port())) {
      for (int i = 0; i < USERS; i++) {
        var visitor = new Visitor(server, connection);
        visitor.logIn("user-" + i);
        pages.add(visitor.page());
      }
    }
    return pages;
  }
}
