package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the application or the server is not there for a while, or never starts. */
@ExtendWith(Servers.Parameter.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RestartIT {
  private final Servers servers;
  private final Path directory;

  RestartIT(Servers servers, @TempDir Path directory) {
    this.servers = servers;
    this.directory = directory;
  }

  private Path war(String context, Map<String, String> properties) {
    return ConfiguredWar.create(directory.resolve(context + ".war"), properties);
  }

  @Test
  @Tag("case-24")
  @Tag("case-87")
  void finishesALoginThatBeganBeforeTheApplicationWasKilled() {
    var verifier = servers.verifierOf(Servers.V3);
    verifier.reset();
    var key = ClientKey.create(directory.resolve("restart.pem"));
    var port = ServerProcess.freePort();
    var war =
        war(
            "restart",
            Map.of(
                "gatehouse.issuer", verifier.issuer(),
                "gatehouse.id-token.issuer", verifier.tokenIssuer(),
                "gatehouse.signing-key", key.location()));
    verifier.registerDidKey(key.didKey(), "http://localhost:" + port + "/restart");
    var browser = new Browser();
    var page = URI.create("http://localhost:" + port + "/restart/account?tab=tokens");

    var first = start(port, war);
    var wallet = browser.open(page);
    first.process().kill();
    try (var second = start(port, war)) {
      assertThat(second.process().isAlive()).isTrue();
      var back = browser.follow(browser.choose(wallet, "product-manager"));

      assertThat(back.uri()).isEqualTo(page);
      assertThat(back.body()).contains("Alex Example");
      assertThat(verifier.calls().getJsonArray("violations")).isEmpty();
    }
  }

  private PayaraMicro start(int port, Path war) {
    return PayaraMicro.start(directory.resolve("payara"), port, List.of(), List.of(war))
        .awaitApplication("restart");
  }

  @Test
  @Tag("case-77")
  @Tag("case-78")
  void deploysWithoutTheServerAndRecoversButNeverWithAWrongConfiguration() {
    var key = ClientKey.create(directory.resolve("late.pem"));
    var port = ServerProcess.freePort();
    var verifierPort = ServerProcess.freePort();
    var publicUrl = "http://localhost:" + port + "/late";
    var right = new HashMap<String, String>();
    right.put("gatehouse.issuer", "http://127.0.0.1:" + verifierPort);
    right.put("gatehouse.signing-key", key.location());
    var wrong = new HashMap<>(right);
    wrong.put("gatehouse.isuer", "http://verifier.example");
    wrong.put("gatehouse.issuer", "http://verifier.example");
    wrong.put("gatehouse.clock-skew", "6m");
    var browser = new Browser();
    var account = URI.create(publicUrl + "/account");

    try (var payara =
        PayaraMicro.start(
            directory.resolve("payara"),
            port,
            List.of(),
            List.of(war("late", right), war("wrong", wrong)))) {
      payara.awaitApplication("late");

      var refused = browser.get(account);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("cannot be reached");
      assertThat(browser.get(URI.create(publicUrl + "/")).statusCode()).as("public").isEqualTo(200);

      assertThat(browser.get(payara.address("wrong")).statusCode()).isEqualTo(404);
      assertThat(payara.process().output())
          .contains("Gatehouse cannot start: 3 faults")
          .contains("gatehouse.isuer is no property of Gatehouse. Did you mean gatehouse.issuer?")
          .contains("gatehouse.issuer must be an absolute https URL")
          .contains("gatehouse.clock-skew must be a duration");

      try (var verifier =
          StandIn.start(directory.resolve("standin.log"), verifierPort, "2.x", List.of()).await()) {
        verifier.registerDidKey(key.didKey(), publicUrl);
        assertThat(awaitWallet(browser, account).body()).contains("Verifier stand-in");
      }
    }
  }

  /** The page as soon as the application tries the server again. */
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
