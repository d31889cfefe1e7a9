package io.gatehouse.it.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Chromium of the machine, without a window, driven by Playwright. The browser resolves no name
 * but localhost.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final double MAX_MILLISECONDS = 30_000; // where other builds run at the same time
  private static final List<String> OPTIONS =
      List.of(
          "--no-sandbox", // containers do not let root have one; the browser opens only our own
          // pages
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-proxy-server",
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Chromium(Playwright playwright, Path program) {
    this.playwright = playwright;
    this.browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(program).setArgs(OPTIONS));
  }

  static Chromium start() {
    var program = installed();
    PlaywrightAssertions.setDefaultAssertionTimeout(MAX_MILLISECONDS);
    // The machine's own browser is used, so Playwright must not download one.
    var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    return new Chromium(
        Playwright.create(new Playwright.CreateOptions().setEnv(environment)), program);
  }

  private static Path installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(directory -> NAMES.stream().map(Path.of(directory)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no chromium on the PATH (Debian: apt-get install chromium)"));
  }

  /** Opens a window of a person who has no cookies yet. */
  BrowserContext open(Screen screen, boolean javaScript) {
    return browser.newContext(
        new NewContextOptions()
            .setViewportSize(screen.width(), screen.height())
            .setIsMobile(screen.isPhone())
            .setHasTouch(screen.isPhone())
            .setLocale(screen.language().toLanguageTag())
            .setJavaScriptEnabled(javaScript));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
