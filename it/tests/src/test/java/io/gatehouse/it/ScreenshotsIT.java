package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of a log-in, in a real browser: each renders without an error, and docs/screenshots/
 * has a picture of it. {@code -Dscreenshots.update=true} takes the pictures anew.
 */
@ExtendWith(Servers.Parameter.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ScreenshotsIT {
  private static final Path PICTURES = Path.of("..", "..", "docs", "screenshots");
  private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");
  private static final int WIDTH = 1000;
  private static final int LEAST_HEIGHT = 560;
  private static final int MOST_BYTES = 60_000;

  private final Servers servers;
  private final Path directory;

  ScreenshotsIT(Servers servers, @TempDir Path directory) {
    this.servers = servers;
    this.directory = directory;
  }

  @BeforeAll
  static void needChromium() {
    assumeThat(Chromium.installed())
        .as("no chromium on the PATH (Debian: apt-get install chromium), so no page is looked at")
        .isPresent();
  }

  @Test
  void showEveryPageOfALogin() throws IOException {
    servers.verifierOf(Servers.V3).reset(); // offerings that other tests have published
    try (var browser = Chromium.start(Chromium.installed().orElseThrow(), directory)) {
      browser.preferColours("light");
      pagesOfTheProductManager(browser);
      pagesOfTheAuditor(browser);
    }
  }

  private void pagesOfTheProductManager(Chromium browser) throws IOException {
    browser.open(servers.page(Servers.V3, "/"));
    look(browser, "home", "Welcome · Harbour Market");
    browser.click("login");
    look(browser, "wallet", "Present your credential");
    browser.click("person-product-manager");
    look(browser, "account", "Profile · Harbour Market");
    browser.open(servers.page(Servers.V3, "/account?tab=powers"));
    look(browser, "powers", "Powers · Harbour Market");
    browser.open(servers.page(Servers.V3, "/account?tab=api"));
    look(browser, "offerings", "API call · Harbour Market");
    browser.open(servers.page(Servers.V3, "/offerings/new"));
    browser.evaluate("document.getElementById('name').value = 'Berth 7 object store'");
    look(browser, "publish", "Publish an offering · Harbour Market");
    browser.click("publish");
    assertThat(browser.evaluate("document.getElementById('published').innerText"))
        .startsWith("“Berth 7 object store” is published");
    browser.click("logout");
    assertThat(browser.evaluate("document.getElementById('login') !== null")).isEqualTo("true");
    noErrors(browser);
  }

  private void pagesOfTheAuditor(Chromium browser) throws IOException {
    browser.open(servers.page(Servers.V3, "/account"));
    browser.click("person-auditor");
    noErrors(browser);

    browser.open(servers.page(Servers.V3, "/offerings/new"));
    assertThat(browser.takeErrors())
        .as("the 403 itself")
        .singleElement()
        .asString()
        .contains("403");
    look(browser, "forbidden", "You may not open this page");
    browser.preferColours("dark");
    look(browser, "forbidden-dark", "You may not open this page");
    browser.preferColours("light");

    browser.open(servers.page(Servers.V3, "/"));
    browser.click("logout");
    browser.open(servers.page(Servers.V3, "/gatehouse/logged-out"));
    look(browser, "logged-out", "You are logged out");
  }

  private static void look(Chromium browser, String name, String title) throws IOException {
    assertThat(browser.evaluate("document.title")).as(name).isEqualTo(title);
    assertThat(browser.evaluate("document.querySelectorAll('main h1').length"))
        .as("headings of " + name)
        .isEqualTo("1");
    var picture = SmallPng.of(browser.screenshot(WIDTH, LEAST_HEIGHT));
    noErrors(browser);
    var file = PICTURES.resolve(name + ".png");
    if (UPDATE) {
      Files.createDirectories(PICTURES);
      Files.write(file, picture);
    }
    assertThat(picture).as(name).hasSizeLessThan(MOST_BYTES);
    assertThat(file).isRegularFile();
  }

  private static void noErrors(Chromium browser) {
    assertThat(browser.takeErrors()).isEqualTo(List.of());
  }
}
