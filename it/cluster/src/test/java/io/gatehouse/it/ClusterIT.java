package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application on two nodes, with users who meet now the one and now the other. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClusterIT {
  private static final Duration MOST_WAIT = Duration.ofSeconds(30);

  @TempDir private static Path directory;

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        Cluster.start(ServerKind.valueOf(System.getProperty("cluster.kind", "TOMCAT")), directory);
    awaitCopiesOfSessions();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void bothNodesAndNoCounts() {
    cluster.proxy().sendTo(cluster.a(), cluster.b());
    cluster.verifier().reset();
  }

  private static URI state() {
    return cluster.page("/state");
  }

  /** Nodes find each other some time after they answer. */
  private static void awaitCopiesOfSessions() {
    var end = Instant.now().plus(MOST_WAIT);
    while (Instant.now().isBefore(end)) {
      cluster.proxy().sendTo(cluster.a());
      var browser = new Browser();
      browser.logIn(state(), "auditor");
      cluster.proxy().sendTo(cluster.b());
      if (browser.get(state()).statusCode() == 200) {
        return;
      }
      ServerProcess.pause();
    }
    throw new IllegalStateException("sessions of one node do not come to the other");
  }

  private static Browser loggedIn(String person) {
    var browser = new Browser();
    assertThat(browser.logIn(state(), person).statusCode()).isEqualTo(200);
    return browser;
  }

  private static String line(HttpResponse<String> state, String name) {
    assertThat(state.statusCode()).isEqualTo(200);
    return state
        .body()
        .lines()
        .filter(it -> it.startsWith(name + " "))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 1);
  }

  @Test
  @Tag("case-87")
  void aLoginBegunOnOneNodeEndsOnTheOther() {
    var browser = new Browser();
    cluster.proxy().sendTo(cluster.a());
    var wallet = browser.open(state());
    assertThat(wallet.body()).contains("Verifier stand-in");

    cluster.proxy().sendTo(cluster.b());
    var page = browser.follow(browser.choose(wallet, "product-manager"));

    assertThat(page.uri()).isEqualTo(state());
    assertThat(line(page, "node")).isEqualTo("b");
    assertThat(cluster.verifier().calls().getJsonArray("violations")).isEmpty();
  }

  @Test
  void aSessionIsTheSameOnBothNodes() {
    var browser = loggedIn("product-manager");
    cluster.proxy().sendTo(cluster.a());
    var here = browser.get(cluster.page("/state?note=written-on-a"));
    cluster.proxy().sendTo(cluster.b());
    var there = browser.get(state());

    assertThat(line(here, "node")).isEqualTo("a");
    assertThat(line(there, "node")).isEqualTo("b");
    assertThat(line(there, "note")).isEqualTo("written-on-a");
    assertThat(line(there, "token")).isEqualTo(line(here, "token"));
  }
}
