package io.gatehouse.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.Heap;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many open WebSockets on two nodes: a back-channel logout at either node closes those of its
 * session on both, soon, and no other. Prints what an open socket costs.
 */
@EnabledIfSystemProperty(named = "cluster.kind", matches = "TOMCAT")
class OpenSocketsIT {
  private static final int SESSIONS = Integer.getInteger("open.sessions", 5000);
  private static final int LOGOUTS = 50;
  private static final int THREADS = 8;
  private static final long MAX_BYTES = 256;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String OPEN = "io.gatehouse.internal.open.";
  private static final String KEPT = "io.gatehouse.internal.session.OpenResources";
  private static final Duration REST = Duration.ofSeconds(20);

  @TempDir private static Path directory;

  private record User(RawSocket onA, RawSocket onB) {
    List<RawSocket> sockets() {
      return List.of(onA, onB);
    }
  }

  @Test
  @Tag("case-111")
  void aLogoutClosesTheSocketsOfItsSessionOnBothNodesAndNoOther() throws Exception {
    try (var cluster = Cluster.start(ServerKind.TOMCAT, directory, "-Xmx1g")) {
      var cookies = atOnce(SESSIONS, it -> cookieOfNewSession(cluster));
      var heap = new Heap(cluster.process(cluster.a()).pid());

      var process = cluster.process(cluster.a()).pid();
      var restingBefore = cpuAtRest(process);
      var usedBefore = heap.usedKiB();
      var users =
          atOnce(
              SESSIONS,
              it ->
                  new User(open(cluster.a(), cookies.get(it)), open(cluster.b(), cookies.get(it))));
      var own = (heap.bytes(OPEN) + heap.bytes(KEPT)) / SESSIONS;
      System.out.printf(
          "heap of a session with a socket: %d bytes of Gatehouse, %d in all with the container's%n",
          own, (heap.usedKiB() - usedBefore) * 1024 / SESSIONS);
      assertThat(own).isPositive().isLessThan(MAX_BYTES);
      System.out.printf(
          "processor at rest: %.2f %% of a core, before %.2f %%%n",
          cpuAtRest(process), restingBefore);

      var slowest = Duration.ZERO;
      for (var it = 0; it < LOGOUTS; it++) {
        var took = logOut(cluster, users.get(it * (SESSIONS / LOGOUTS)));
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
      }
      System.out.printf("slowest of %d logouts: %d ms%n", LOGOUTS, slowest.toMillis());
      assertThat(slowest).isLessThan(LONGEST);
      for (var it = 0; it < SESSIONS; it++) {
        if (it % (SESSIONS / LOGOUTS) != 0 || it / (SESSIONS / LOGOUTS) >= LOGOUTS) {
          for (var socket : users.get(it).sockets()) {
            assertThat(socket.closeCode()).isZero();
          }
        }
      }
    }
  }

  private static String cookieOfNewSession(Cluster cluster) {
    var browser = new Browser();
    var state = cluster.page("/state");
    browser.logIn(state, "auditor");
    return browser.cookieHeader(state);
  }

  private static RawSocket open(Node node, String cookie) throws IOException {
    return RawSocket.open(node.port(), "/cluster/socket", cookie);
  }

  private static Duration logOut(Cluster cluster, User user) throws Exception {
    var greeting = user.onA().greeting().split(" ", 2);
    var claims =
        Json.createObjectBuilder()
            .add("aud", "cluster")
            .add("sid", greeting[0])
            .add("sub", greeting[1]);
    var token =
        cluster.verifier().logoutToken(Json.createObjectBuilder().add("claims", claims).build());
    var begun = Instant.now();
    var told =
        new Browser()
            .send(
                "POST",
                URI.create(cluster.publicUrl() + "/gatehouse/backchannel-logout"),
                "logout_token=" + token);
    assertThat(told.statusCode()).isEqualTo(200);
    for (var socket : user.sockets()) {
      var code = socket.closeCode();
      while (code == 0 && Duration.between(begun, Instant.now()).compareTo(LONGEST) < 0) {
        Thread.sleep(5);
        code = socket.closeCode();
      }
      assertThat(code).isEqualTo(1008);
    }
    return Duration.between(begun, Instant.now());
  }

  private static double cpuAtRest(long pid) throws InterruptedException {
    var process = ProcessHandle.of(pid).orElseThrow();
    var before = process.info().totalCpuDuration().orElseThrow();
    Thread.sleep(REST.toMillis());
    var used = process.info().totalCpuDuration().orElseThrow().minus(before);
    return 100.0 * used.toMillis() / REST.toMillis();
  }

  private interface Step<T> {
    T of(int number) throws Exception;
  }

  private static <T> List<T> atOnce(int times, Step<T> step) throws Exception {
    var threads = Executors.newFixedThreadPool(THREADS);
    try {
      var steps = new ArrayList<Callable<T>>();
      for (var i = 0; i < times; i++) {
        var number = i;
        steps.add(() -> step.of(number));
      }
      var done = new ArrayList<T>();
      for (Future<T> it : threads.invokeAll(steps)) {
        done.add(it.get());
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }
}
