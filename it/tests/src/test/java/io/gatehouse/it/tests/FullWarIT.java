package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CDI, its events and both clients for APIs, in an application on Payara Micro. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullWarIT {
  @TempDir private static Path directory;

  private static StandIn verifier;
  private static PayaraMicro payara;

  @BeforeAll
  static void start() {
    verifier =
        StandIn.start(
            directory.resolve("standin.log"),
            ServerProcess.freePort(),
            "2.x",
            List.of("--standin.access-token-lifetime=1h"));
    var key = ClientKey.create(directory.resolve("full.pem"));
    var war =
        ConfiguredWar.create(
            "full.war",
            directory.resolve("full.war"),
            Map.of(
                "gatehouse.issuer", verifier.issuer(),
                "gatehouse.signing-key", key.location(),
                "gatehouse.api-origins", verifier.apiOrigin(),
                "full.api-url", verifier.apiUrl() + "/offerings"));
    payara =
        PayaraMicro.start(
            directory.resolve("payara"),
            ServerProcess.freePort(),
            PayaraMicro.QUICK_START,
            List.of(war));
    verifier.await().registerDidKey(key.didKey(), page("").toString());
    payara.awaitApplication("full");
  }

  private static URI page(String path) {
    return URI.create(payara.address("full").toString().replaceFirst("/$", "") + path);
  }

  @AfterAll
  static void stop() {
    payara.close();
    verifier.close();
  }

  @BeforeEach
  void resetCounts() {
    verifier.reset();
  }

  @Test
  void oneBeanSeesTheUserOfEachRequest() {
    var manager = new Browser();
    var auditor = new Browser();

    assertThat(manager.logIn(page("/greeting"), "product-manager").body())
        .isEqualToIgnoringNewLines("Alex Example, 5 roles, same user: true");
    assertThat(auditor.logIn(page("/greeting"), "auditor").body())
        .isEqualToIgnoringNewLines("Robin Sample, 2 roles, same user: true");
    assertThat(manager.get(page("/greeting")).body()).startsWith("Alex Example");
  }

  /** Reads the readiness of MicroProfile Health, which Payara Micro has. */
  @Test
  void theNodeIsReadyWhenTheServersMetadataAndKeysAreKnown() {
    var ready = payara.address("").resolve("/health/ready");
    var answer = new Browser().get(ready);
    for (int i = 0; i < 50 && answer.statusCode() != 200; i++) {
      ServerProcess.pause();
      answer = new Browser().get(ready);
    }
    assertThat(answer.body())
        .contains("\"name\":\"gatehouse\"", "gatehouse.metadata_age", "gatehouse.keys_age");
  }

  @Test
  void theAuditLogHasALineForALogIn() {
    new Browser().logIn(page("/greeting"), "auditor");
    assertThat(payara.process().output())
        .containsPattern("\"event\":\"login\",\"issuer\":\"[^\"]+\",\"sub\":\"did:key:");
  }

  @Test
  void observersAreToldOfLoginsAndLogouts() {
    var browser = new Browser();
    browser.logIn(page("/greeting"), "auditor");
    browser.with("Sec-Fetch-Site", "same-origin").send("POST", page("/gatehouse/logout"), "");

    assertThat(new Browser().get(page("/events")).body().lines())
        .contains("in Robin Sample")
        .endsWith("out Robin Sample LOGOUT");
  }

  @Test
  void bothClientsBringTheTokenAndRenewItOnceWhenTheApiRefusesIt() {
    var browser = new Browser();
    assertThat(browser.logIn(page("/offers"), "product-manager").body().lines())
        .containsExactly("rest 200", "jdk 200");
    assertThat(verifier.calls().getInt("refresh")).isZero();

    verifier.refuseAtApi(1);
    assertThat(browser.get(page("/offers")).body().lines()).containsExactly("rest 200", "jdk 200");
    assertThat(verifier.calls().getInt("refresh")).isEqualTo(1);

    verifier.refuseAtApi(2);
    assertThat(browser.get(page("/offers")).body().lines().findFirst()).hasValue("rest 401");
    assertThat(new Browser().get(page("/events")).body().lines())
        .contains("refreshed Alex Example");
  }
}
