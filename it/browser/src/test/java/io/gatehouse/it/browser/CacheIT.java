package io.gatehouse.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of users behind a shared cache, and in the browser's own after the logout. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("case-116")
class CacheIT {
  private static final Path DIRECTORY =
      ServerProcess.directory().resolveSibling("cached").toAbsolutePath();
  private static final ClientKey KEY = ClientKey.create(DIRECTORY.resolve("cached.pem"));
  private static final StandIn STAND_IN =
      StandIn.start(DIRECTORY.resolve("standin.log"), ServerProcess.freePort(), "3.x", List.of());
  private static final int PORT = ServerProcess.freePort();
  private static final String PUBLIC_URL = "http://localhost:" + PORT + "/cached";
  private static final int BEHIND = ServerProcess.freePort();
  private static final PayaraMicro PAYARA =
      PayaraMicro.start(
          DIRECTORY,
          BEHIND,
          List.of("-XX:TieredStopAtLevel=1"),
          List.of(
              DoorsWar.create(
                  DIRECTORY.resolve("cached.war"),
                  STAND_IN,
                  KEY,
                  Map.of("gatehouse.public-url", PUBLIC_URL))));
  private static final Chromium CHROMIUM = Chromium.start();

  private final BrowserContext window = CHROMIUM.open(Screen.DESKTOP, true);
  private final Page page = window.newPage();

  private static SharedCache cache;

  @BeforeAll
  static void begin() {
    var apache = SharedCache.installed();
    assumeTrue(apache.isPresent(), "no apache2 (apt-get install apache2-bin)");
    cache = SharedCache.start(apache.get(), DIRECTORY, PORT, BEHIND);
    STAND_IN.await();
    STAND_IN.registerDidKey(KEY.didKey(), PUBLIC_URL);
    PAYARA.awaitApplication("cached");
  }

  @AfterAll
  static void end() {
    if (cache != null) {
      cache.close();
    }
    CHROMIUM.close();
    PAYARA.close();
    STAND_IN.close();
  }

  @AfterEach
  void leave() {
    window.close();
  }

  private static URI at(String path) {
    return URI.create(PUBLIC_URL + path);
  }

  private static boolean isFromCache(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Cache").orElse("").startsWith("HIT");
  }

  /** Else the tests below would prove nothing. */
  @Test
  void theCacheKeepsAPublicFile() {
    assertThat(new Browser().get(at("/open/file.txt")).statusCode()).isEqualTo(200);
    assertThat(isFromCache(new Browser().get(at("/open/file.txt")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file.txt", "/live.html", "/dir/"})
  void aPageOfAUserIsShownToNoOther(String path) {
    var user = new Browser();
    user.logIn(at("/secret"), "auditor");
    for (var i = 0; i < 2; i++) {
      var own = user.get(at(path));
      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(isFromCache(own)).isFalse();
    }
    var stranger = new Browser().get(at(path));
    assertThat(stranger.statusCode()).isEqualTo(302);
    assertThat(isFromCache(stranger)).isFalse();
  }

  @Test
  void theWayToTheLogInBelongsToOneVisitor() {
    var first = new Browser().get(at("/file.txt"));
    var second = new Browser().get(at("/file.txt"));
    assertThat(first.statusCode()).isEqualTo(302);
    assertThat(Browser.location(second)).isNotEqualTo(Browser.location(first));
    assertThat(isFromCache(second)).isFalse();
  }

  private void logInAndOut(String path) {
    page.navigate(PUBLIC_URL + "/secret");
    Visitor.present(Visitor.PRODUCT_MANAGER, page);
    page.waitForURL(PUBLIC_URL + "/secret");
    page.navigate(PUBLIC_URL + path);
    assertThat(page.content()).contains("SECRET");
    page.navigate(PUBLIC_URL + "/open/file.txt");
    page.evaluate(
        "fetch('/cached/gatehouse/logout', {method: 'POST', redirect: 'manual'}).then(it => it.type)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/secret", "/file.txt", "/live.html"})
  void backAfterTheLogoutShowsNothing(String path) {
    logInAndOut(path);
    page.goBack();
    assertThat(page.content()).doesNotContain("SECRET");
    assertThat(page.url()).startsWith(STAND_IN.issuer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/secret", "/file.txt", "/live.html"})
  void theBrowserKeepsNothingForTheNextVisit(String path) {
    logInAndOut(path);
    page.navigate(PUBLIC_URL + path);
    assertThat(page.content()).doesNotContain("SECRET");
  }
}
