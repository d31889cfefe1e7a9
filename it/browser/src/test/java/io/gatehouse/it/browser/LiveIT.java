package io.gatehouse.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSockets and event streams of a page, and the script that opens them again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LiveIT {
  private static final Path DIRECTORY =
      ServerProcess.directory().resolveSibling("live").toAbsolutePath();
  private static final ClientKey KEY = ClientKey.create(DIRECTORY.resolve("open.pem"));
  private static final StandIn STAND_IN =
      StandIn.start(
          DIRECTORY.resolve("standin.log"),
          ServerProcess.freePort(),
          "3.x",
          List.of("--standin.access-token-lifetime=10s"));
  private static final PayaraMicro PAYARA =
      PayaraMicro.start(
          DIRECTORY,
          ServerProcess.freePort(),
          List.of("-XX:TieredStopAtLevel=1"), // it is short-lived
          List.of(DoorsWar.create(DIRECTORY.resolve("open.war"), STAND_IN, KEY, Map.of())));
  private static final Chromium CHROMIUM = Chromium.start();

  private final BrowserContext window = CHROMIUM.open(Screen.DESKTOP, true);
  private final Page page = window.newPage();

  @BeforeAll
  static void register() {
    STAND_IN.await();
    STAND_IN.registerDidKey(KEY.didKey(), address("").replaceFirst("/$", ""));
    PAYARA.awaitApplication("open");
  }

  @AfterAll
  static void end() {
    CHROMIUM.close();
    PAYARA.close();
    STAND_IN.close();
  }

  @AfterEach
  void leave() {
    STAND_IN.troubleRefreshes("none");
    window.close();
  }

  private static String address(String path) {
    return PAYARA.address("open") + path;
  }

  private void logIn(Page tab) {
    tab.navigate(address("secret")); // a static page may come from the browser's cache
    Visitor.present(Visitor.PRODUCT_MANAGER, tab);
    tab.waitForURL(address("secret"));
    tab.navigate(address("live.html"));
  }

  private static void logOut(Page tab) {
    var status =
        tab.evaluate(
            "fetch('gatehouse/logout', {method: 'POST', redirect: 'manual'}).then(it => it.type)");
    assertThat(status).isEqualTo("opaqueredirect");
  }

  // The page's Content Security Policy forbids Playwright's own way, which is eval.
  private static void await(Page tab, String condition) {
    for (var i = 0; i < 300 && !tab.evaluate(condition).equals(true); i++) {
      tab.waitForTimeout(100);
    }
    assertThat(tab.evaluate(condition))
        .as(condition + " of " + tab.evaluate("JSON.stringify(seen)"))
        .isEqualTo(true);
  }

  private static Object firstOf(Page tab, String socket) {
    return tab.evaluate(
        "address => new Promise(done => { const it = new WebSocket(address);"
            + " it.onmessage = message => done(message.data); it.onerror = () => done('refused'); })",
        socket);
  }

  @Test
  @Tag("case-112")
  void aPageOfAnotherPortOpensNoSocket() throws Exception {
    var elsewhere =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    elsewhere.start();
    try {
      logIn(page);
      var socket = address("ws/user").replaceFirst("^http", "ws");
      assertThat(firstOf(page, socket)).isEqualTo("open");
      var other = window.newPage();
      other.navigate("http://localhost:" + elsewhere.getAddress().getPort() + "/");
      assertThat(firstOf(other, socket)).isEqualTo("refused");
    } finally {
      elsewhere.stop(0);
    }
  }

  @Test
  @Tag("case-111")
  void logoutInOneTabClosesTheSocketOfTheOtherAndTheNextLoginOpensItAgain() {
    logIn(page);
    page.evaluate("socket()");
    await(page, "seen.length === 1");
    var other = window.newPage();
    other.navigate(address("live.html"));
    logOut(other);
    await(page, "seen[1] === 1008");
    await(page, "logins.length === 1");
    assertThat(page.evaluate("logins[0]")).isEqualTo(address("gatehouse/login"));

    logIn(other);
    await(page, "seen[2] === 'open'");
    assertThat(page.evaluate("logins.length")).isEqualTo(1);
  }

  /** Nothing but the socket asks for a token; access tokens live for ten seconds. */
  @Test
  void aSocketHasACurrentTokenAsLongAsItIsOpen() {
    logIn(page);
    page.evaluate("socket()");
    await(page, "seen.length === 1");
    STAND_IN.reset();
    page.evaluate("setInterval(() => sockets[0].send('token'), 500)");
    await(page, "new Set(seen).size === 5"); // its greeting, and four tokens
    assertThat(STAND_IN.calls().getInt("refresh")).isBetween(3, 4);
    assertThat(page.evaluate("logins.length")).isEqualTo(0);
  }

  @Test
  @Tag("case-114")
  void anEventStreamComesBackAfterAnOutageOfTheServer() {
    var statuses = new CopyOnWriteArrayList<Integer>();
    var empty = new CopyOnWriteArrayList<Boolean>();
    page.onResponse(it -> note(it, statuses, empty));
    logIn(page);
    page.evaluate("stream()");
    await(page, "seen.length === 1");

    STAND_IN.troubleRefreshes("unavailable");
    for (var i = 0; i < 60 && empty.size() < 2; i++) {
      page.waitForTimeout(1000);
    }
    assertThat(empty).as("answers during the outage").hasSizeGreaterThanOrEqualTo(2);
    var before = ((Number) page.evaluate("seen.length")).intValue();
    STAND_IN.troubleRefreshes("none");

    await(page, "seen.length > " + before);
    assertThat(statuses).containsOnly(200);
    assertThat(page.evaluate("logins.length")).isEqualTo(0);
  }

  private static void note(Response response, List<Integer> statuses, List<Boolean> empty) {
    if (response.url().contains("/stream")) {
      statuses.add(response.status());
      if (response.headers().containsKey("retry-after")) {
        empty.add(true);
      }
    }
  }
}
