package io.gatehouse.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page docs/pages.md shows every page that a user may meet. */
class GalleryTest {
  private static final Path GALLERY = Path.of("..", "..", "docs", "pages.md");
  private static final Pattern SHOWN = Pattern.compile("<img src=\"screenshots/([^\"]+)\"");
  private static final Pattern NAMED = Pattern.compile("(?m)^`([a-z-]+)`, [0-9]{3}: ");

  /** The key of a text that only scripts receive, as problem+json. */
  private static final String NO_PAGE = "step-up-needed";

  @Test
  void showsEachPictureAndNoOther() throws IOException {
    try (var files = Files.list(Look.PICTURES)) {
      var pictures = files.map(it -> it.getFileName().toString()).toList();
      assertThat(found(SHOWN)).containsExactlyInAnyOrderElementsOf(pictures);
    }
  }

  @Test
  void namesEachPageThatGatehouseHas() throws IOException {
    var pages =
        ResourceBundle.getBundle("io.gatehouse.internal.web.pages").keySet().stream()
            .filter(it -> it.endsWith(".title"))
            .map(it -> it.replace(".title", ""))
            .filter(it -> !it.equals(NO_PAGE))
            .toList();
    assertThat(found(NAMED)).containsExactlyInAnyOrderElementsOf(pages);
  }

  @Test
  void showsEachPageOfGatehouseOnEveryScreen() throws IOException {
    for (var page : found(NAMED)) {
      for (var screen : Screen.values()) {
        assertThat(found(SHOWN)).contains(page + screen.suffix() + ".png");
      }
    }
  }

  private static List<String> found(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(GALLERY)).results().map(it -> it.group(1)).toList();
  }
}
