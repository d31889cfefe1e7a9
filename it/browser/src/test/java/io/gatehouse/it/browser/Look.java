package io.gatehouse.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * A close look at a visitor's page: on a desktop and a phone, light and dark, the page is
 * accessible, and docs/screenshots/ has a picture of it. {@code -Dscreenshots.update=true} takes
 * new pictures.
 */
final class Look {
  static final Path PICTURES = Path.of("..", "..", "docs", "screenshots");

  private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");
  private static final int MAX_BYTES = 60_000;
  private static final int LEAST_WIDTH = 320; // WCAG 2.2, 1.4.10
  private static final Pattern REFERENCE = Pattern.compile("[a-z0-9]{10}");

  private Look() {}

  /** Verifies that the visitor is at the Gatehouse page whose texts have this key. */
  static void atPage(Visitor visitor, String key) {
    var texts = texts(visitor.screen());
    at(visitor, title(visitor.screen(), key));
    var page = visitor.page();
    assertThat(page.locator("html"))
        .hasAttribute("lang", visitor.screen().language().getLanguage());
    assertThat(page.locator("main")).containsText(texts.getString(key + ".text"));
    assertThat(page.locator("main")).containsText(texts.getString(key + ".next"));
    picture(visitor, key);
  }

  /**
   * Verifies that the visitor is at a page about a problem, and that the log has the page's
   * reference.
   */
  static void atProblem(Visitor visitor, Market market, String key) {
    atPage(visitor, key);
    var reference = visitor.page().locator("small code").textContent();
    assertThat(reference).matches(REFERENCE);
    assertThat(market.awaitLog("\\[" + reference + "] GH[0-9]{3} " + key + ": ")).isTrue();
  }

  /** Returns the title of the page whose texts have this key. */
  static String title(Screen screen, String key) {
    return texts(screen).getString(key + ".title");
  }

  private static ResourceBundle texts(Screen screen) {
    return ResourceBundle.getBundle(
        "io.gatehouse.internal.web.pages",
        screen.language(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** Verifies that the visitor is at a page with this title. */
  static void at(Visitor visitor, String title) {
    var page = visitor.page();
    assertThat(page).hasTitle(title);
    assertThat(page.locator("main h1")).hasCount(1);
    assertFits(page, LEAST_WIDTH, visitor.screen().height());
    for (var screen : visitor.screen().afterTheOther()) {
      assertFits(page, screen.width(), screen.height());
      for (var scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
        assertThat(Accessibility.faults(page))
            .as(title + ", " + screen + ", " + scheme)
            .isEqualTo(List.of());
      }
    }
  }

  private static void assertFits(Page page, int width, int height) {
    page.setViewportSize(width, height);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as("the width where " + width + " are to be had")
        .isLessThanOrEqualTo(width);
  }

  /** Verifies that docs/screenshots/ has a picture of the current page, on each screen. */
  static void picture(Visitor visitor, String name) {
    for (var screen : visitor.screen().afterTheOther()) {
      picture(visitor, screen, name);
    }
  }

  private static void picture(Visitor visitor, Screen screen, String name) {
    var file = PICTURES.resolve(name + screen.suffix() + ".png");
    if (UPDATE) {
      visitor.page().setViewportSize(screen.width(), screen.height());
      write(file, visitor.page().screenshot(new ScreenshotOptions().setFullPage(true)));
    }
    assertThat(file).isRegularFile();
    assertThat(file.toFile().length()).as(file.toString()).isLessThan(MAX_BYTES);
  }

  /** Verifies the picture of the current page for a visitor whose system is dark. */
  static void pictureInTheDark(Visitor visitor, String name) {
    var page = visitor.page();
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    picture(visitor, visitor.screen(), name);
  }

  private static void write(Path file, byte[] png) {
    try {
      Files.createDirectories(PICTURES);
      Files.write(file, SmallPng.of(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
