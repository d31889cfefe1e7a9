package io.gatehouse.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application on two nodes, whose users reach the nodes alternately. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClusterIT {
  private static final int AT_ONCE = 50;
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

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
    var end = Instant.now().plus(MAX_WAIT);
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
  @Tag("case-87")
  void theSameCallbackOnBothNodesIsOneLogin() {
    var browser = new Browser();
    var callback = Browser.location(browser.choose(browser.open(state()), "auditor"));

    var answers = browser.getAtOnce(2, callback);

    assertThat(answers).hasSize(2).allMatch(it -> it.statusCode() == 303);
    assertThat(cluster.verifier().calls().getInt("token")).isEqualTo(1);
    assertThat(browser.get(state()).statusCode()).isEqualTo(200);
  }

  @Test
  void aSessionIsWrittenInLittleMoreThanItsTokens() {
    var page = loggedIn("product-manager").get(state());

    var tokens = Integer.parseInt(line(page, "token-bytes"));
    assertThat(Integer.parseInt(line(page, "session-bytes"))).isBetween(tokens, tokens + 512);
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

  @ParameterizedTest(name = "{0} ms after the login")
  @ValueSource(longs = {7_000, 12_500}) // due, and ended
  @Tag("case-68")
  void fiftyRequestsOverBothNodesAreOneRefresh(long afterLogin) {
    var browser = loggedIn("product-manager");
    var loggedIn = Instant.now();
    var before = line(browser.get(state()), "token");
    ServerProcess.pauseUntil(loggedIn.plusMillis(afterLogin));

    var answers = browser.getAtOnce(AT_ONCE, state());

    assertThat(answers).hasSize(AT_ONCE).allMatch(it -> it.statusCode() == 200);
    assertThat(answers).extracting(it -> line(it, "node")).contains("a", "b");
    assertThat(cluster.verifier().calls().getInt("refresh")).isEqualTo(1);
    var after = onBothNodes(browser, "token");
    assertThat(after).hasSize(1).doesNotContain(before);
    assertThat(cluster.verifier().calls().getInt("refresh")).isEqualTo(1);
    assertThat(cluster.verifier().calls().getJsonArray("violations")).isEmpty();
  }

  /**
   * Returns the different values of a line on several pages, which the nodes answer alternately.
   */
  private static Set<String> onBothNodes(Browser browser, String name) {
    var values = new HashSet<String>();
    var nodes = new HashSet<String>();
    for (int i = 0; i < 4; i++) {
      var page = browser.get(state());
      nodes.add(line(page, "node"));
      values.add(line(page, name));
    }
    assertThat(nodes).containsExactlyInAnyOrder("a", "b");
    return values;
  }

  @Test
  void aSessionIsRenewedByTurnsOnBothNodes() {
    var browser = loggedIn("product-manager");
    var tokens = new HashSet<String>();
    for (int i = 0; i < 3; i++) {
      var seen = onBothNodes(browser, "token");
      assertThat(seen).hasSize(1);
      tokens.addAll(seen);
      ServerProcess.pauseUntil(Instant.now().plus(Cluster.TOKEN_LIFE.dividedBy(2)).plusMillis(500));
    }

    assertThat(tokens).hasSize(3);
    assertThat(cluster.verifier().calls().getInt("token")).as("logins").isEqualTo(1);
    assertThat(cluster.verifier().calls().getInt("refresh")).isEqualTo(2);
  }

  @Test
  @Tag("case-75")
  void aLogoutToldToOneNodeEndsTheSessionThatIsUsedOnTheOther() {
    var before = cluster.verifier().logins();
    cluster.proxy().sendTo(cluster.b());
    var browser = loggedIn("product-manager");
    var other = loggedIn("product-manager");
    var login = cluster.verifier().logins().stream().filter(it -> !before.contains(it)).findFirst();

    cluster.proxy().sendTo(cluster.a());
    assertThat(
            cluster.verifier().logOut("client=cluster&sid=" + login.orElseThrow().getString("sid")))
        .isEqualTo(200);
    cluster.proxy().sendTo(cluster.b());

    assertThat(browser.get(state()).statusCode()).isEqualTo(302);
    assertThat(other.get(state()).statusCode()).isEqualTo(200);
  }

  @Test
  void aUserWhoLogsOutOnOneNodeIsLoggedOutOnTheOther() {
    var browser = loggedIn("product-manager");
    onBothNodes(browser, "node"); // so that each has seen the session
    cluster.proxy().sendTo(cluster.a());
    var answer =
        browser
            .with("Sec-Fetch-Site", "same-origin")
            .send("POST", cluster.page("/gatehouse/logout"), "");
    assertThat(answer.statusCode()).isEqualTo(303);
    browser.without("Sec-Fetch-Site");
    cluster.proxy().sendTo(cluster.b());

    assertThat(browser.get(state()).statusCode()).isEqualTo(302);
  }

  @Test
  @Tag("case-87")
  void aNodeThatIsKilledCostsNobodyTheLogin() {
    cluster.proxy().sendTo(cluster.a());
    var loggedIn = loggedIn("auditor");
    loggedIn.get(cluster.page("/state?note=kept"));
    var begun = new Browser();
    var wallet = begun.open(state());

    cluster.kill(cluster.a());
    try {
      cluster.proxy().sendTo(cluster.a(), cluster.b()); // a takes no connection now
      var page = begun.follow(begun.choose(wallet, "product-manager"));
      assertThat(line(page, "node")).isEqualTo("b");
      assertThat(line(loggedIn.get(state()), "note")).isEqualTo("kept");
    } finally {
      cluster.startAgain(cluster.a());
    }
    cluster.proxy().sendTo(cluster.a());
    assertThat(awaitServed(loggedIn)).as("on a again").contains("node a", "note kept");
  }

  private static String awaitServed(Browser browser) {
    var end = Instant.now().plus(MAX_WAIT);
    while (Instant.now().isBefore(end)) {
      var page = browser.get(state());
      if (page.statusCode() == 200) {
        return page.body();
      }
      ServerProcess.pause();
    }
    throw new IllegalStateException("not served");
  }

  @Test
  @Tag("case-88")
  void loginsBegunBeforeARollingChangeOfTheSigningKeyEndWell() {
    cluster.proxy().sendTo(cluster.b());
    var user = loggedIn("auditor");
    var begunOnB = new Browser();
    var walletOfB = begunOnB.open(state());

    cluster.changeKeys();
    cluster.startAgain(cluster.a());
    cluster.proxy().sendTo(cluster.a()); // signs with the new key, and b with the old one
    assertThat(line(begunOnB.follow(begunOnB.choose(walletOfB, "auditor")), "node")).isEqualTo("a");
    var begunOnA = new Browser();
    var walletOfA = begunOnA.open(state());
    cluster.proxy().sendTo(cluster.a(), cluster.b());
    for (int i = 0; i < 3; i++) { // fetched, and finished, now here and now there
      loggedIn("auditor");
    }
    assertThat(cluster.verifier().calls().getJsonArray("violations")).isEmpty();

    cluster.startAgain(cluster.b());
    cluster.proxy().sendTo(cluster.b());
    assertThat(line(begunOnA.follow(begunOnA.choose(walletOfA, "auditor")), "node")).isEqualTo("b");
    assertThat(awaitServed(user)).contains("node b");
  }

  @Test
  void nodesOfDifferentConfigurationRefuseEachOthersLoginsWithoutALoop() {
    cluster.verifier().registerKeys("another", "ES256", cluster.publicUrl());
    cluster.startAgain(cluster.b(), "-Dgatehouse.client-id=another", "-Dgatehouse.shared=");
    try {
      cluster.proxy().sendTo(cluster.a());
      var browser = new Browser();
      var wallet = browser.open(state());
      var user = loggedIn("auditor");

      cluster.proxy().sendTo(cluster.b());
      var refused = browser.get(Browser.location(browser.choose(wallet, "auditor")));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains(cluster.publicUrl() + "/gatehouse/login");
      var foreign = user.get(state());
      assertThat(foreign.statusCode()).isEqualTo(302);
      assertThat(Browser.location(foreign).toString()).startsWith(cluster.verifier().issuer());

      cluster.proxy().sendTo(cluster.a());
      assertThat(user.get(state()).statusCode()).as("its own node's session").isEqualTo(200);

      cluster.proxy().sendTo(cluster.a(), cluster.b());
      var lost = new Browser(); // which gives up after ten redirects, as a person would
      for (int i = 0; i < 6; i++) {
        var page = lost.open(state());
        if (page.body().contains("id=\"wallet\"")) { // else the page about a wrong request
          page = lost.follow(lost.choose(page, "auditor"));
        }
        assertThat(page.statusCode()).isIn(200, 400);
      }
    } finally {
      cluster.startAgain(cluster.b());
    }
  }
}
