package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.ContainerServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A temporary absence of the application or the authorization server. */
@OnEveryContainer
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ContainerRestartIT {
  private final int port = ServerProcess.freePort();

  private ContainerServer start(Application application, Map<String, String> overrides) {
    return ContainerServer.startSmall(
            Application.DIRECTORY.resolve(application.context()),
            port,
            List.of(application.deployed(application.war(overrides))))
        .await(application.path(), "/open/who", "subject null");
  }

  @Test
  @Tag("case-24")
  @Tag("case-87")
  void finishesALoginThatBeganBeforeTheApplicationWasKilled() {
    var application = Application.at("restart", port);
    Servers.standIn().registerDidKey(application.clientId(), application.publicUrl());
    Servers.standIn().reset();
    var browser = new Browser();
    var page = application.page("/who?tab=tokens");

    var first = start(application, Map.of());
    var wallet = browser.open(page);
    first.process().kill();
    try (var second = start(application, Map.of())) {
      assertThat(second.process().isAlive()).isTrue();
      var back = browser.follow(browser.choose(wallet, "product-manager"));

      assertThat(back.uri()).isEqualTo(page);
      assertThat(back.body()).contains("subject did:key:");
      assertThat(Servers.standIn().calls().getJsonArray("violations")).isEmpty();
    }
  }

  @Test
  @Tag("case-78")
  void startsWithoutTheServerAndRecovers() {
    var verifierPort = ServerProcess.freePort();
    var application = Application.at("late", port);
    var browser = new Browser();
    var page = application.page("/who");
    var server = "http://127.0.0.1:" + verifierPort;

    try (var container =
        start(
            application, Map.of("gatehouse.issuer", server, "gatehouse.id-token.issuer", server))) {
      var refused = browser.get(page);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("cannot be reached");
      assertThat(browser.get(application.page("/open/who")).statusCode()).isEqualTo(200);

      var log = Application.DIRECTORY.resolve("late-standin.log");
      try (var verifier = StandIn.start(log, verifierPort, "2.x", List.of()).await()) {
        verifier.registerDidKey(application.clientId(), application.publicUrl());
        assertThat(awaitWallet(browser, page).body()).contains("Verifier stand-in");
      }
      assertThat(container.process().isAlive()).isTrue();
    }
  }

  /** Returns the page as soon as the application calls the authorization server again. */
  private static HttpResponse<String> awaitWallet(Browser browser, URI page) {
    for (int i = 0; i < 100; i++) {
      var answer = browser.open(page);
      if (answer.statusCode() != 503) {
        return answer;
      }
      ServerProcess.pause();
    }
    throw new IllegalStateException("the application does not recover");
  }
}
