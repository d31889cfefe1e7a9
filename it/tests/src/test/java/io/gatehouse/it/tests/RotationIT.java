package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.LogIns;
import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The key that identifies a client of the Verifier is changed while people log in: the client is
 * another one from then on, unnoticed by users.
 */
@ExtendWith(Servers.Parameter.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RotationIT {
  private static final Duration LOOKS_WITHIN = Duration.ofSeconds(20);
  private static final Pattern KID = Pattern.compile("\"kid\":\"([^\"]+)\"");

  private final Servers servers;
  private final URI page;
  private final URI jwks;

  RotationIT(Servers servers) {
    this.servers = servers;
    this.page = servers.page(Servers.ROTATING, "/account");
    this.jwks = servers.page(Servers.ROTATING, "/gatehouse/jwks");
  }

  private String logIn() {
    var landed = new Browser().logIn(page, "product-manager");
    return landed.statusCode() == 200 ? "" : landed.statusCode() + ": " + landed.body();
  }

  private static Path beside(ClientKey key, String name) {
    return key.file().resolveSibling(name);
  }

  private static void put(Path from, Path to) throws IOException {
    var half = to.resolveSibling(to.getFileName() + ".tmp");
    Files.copy(from, half, StandardCopyOption.REPLACE_EXISTING);
    Files.move(half, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void awaitKeys(String kids) {
    var end = Instant.now().plus(LOOKS_WITHIN);
    String published;
    do {
      ServerProcess.pauseUntil(Instant.now().plusMillis(200));
      published = published();
    } while (!published.equals(kids) && Instant.now().isBefore(end));
    assertThat(published).isEqualTo(kids);
  }

  /** Returns the {@code kid} of each key in our JWKS, the one that signs first. */
  private String published() {
    return KID.matcher(new Browser().get(jwks).body())
        .results()
        .map(it -> it.group(1))
        .collect(Collectors.joining(" "));
  }

  @Test
  @Tag("case-24")
  @Tag("case-88")
  void noLogInFailsAndNoSessionEndsWhileAKeyIsChanged() throws Exception {
    var old = servers.rotatingKey();
    var next = ClientKey.create(beside(old, "rotating-new.pem"));
    servers
        .verifierOf(Servers.ROTATING)
        .registerDidKey(next.didKey(), servers.page(Servers.ROTATING, "").toString());
    var before = new Browser();
    assertThat(before.logIn(page, "auditor").statusCode()).isEqualTo(200);
    HttpResponse<String> wallet;
    var begun = new Browser();

    try (var logIns = LogIns.begin(3, this::logIn)) {
      logIns.awaitMore(10);
      put(next.file(), beside(old, "rotating-next.pem"));
      awaitKeys(old.didKey() + " " + next.didKey());
      logIns.awaitMore(10);
      wallet = begun.open(page);

      put(old.file(), beside(old, "rotating-previous.pem"));
      put(next.file(), beside(old, "rotating.pem"));
      awaitKeys(next.didKey() + " " + old.didKey());
      logIns.awaitMore(10);
      assertThat(Browser.location(new Browser().get(page)).getQuery())
          .contains("client_id=" + next.didKey());
      assertThat(begun.follow(begun.choose(wallet, "auditor")).statusCode())
          .as("a login that was begun under the old key")
          .isEqualTo(200);
      assertThat(before.get(page).statusCode()).as("a session under the old key").isEqualTo(200);

      Files.delete(beside(old, "rotating-previous.pem"));
      Files.delete(beside(old, "rotating-next.pem"));
      awaitKeys(next.didKey());
      logIns.awaitMore(10);
      assertThat(logIns.failures()).isEmpty();
    }
    assertThat(before.get(page).statusCode()).as("without the old key").isEqualTo(302);
    assertThat(servers.verifierOf(Servers.ROTATING).calls().getJsonArray("violations")).isEmpty();
  }
}
