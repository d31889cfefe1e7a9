package io.gatehouse.it.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The violations that axe finds in a page: of the rules of WCAG 2.2 AA, and of further good
 * practice.
 */
final class Accessibility {
  private static final List<String> TAGS =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
  // Include incomplete results, such as a contrast that axe cannot compute.
  private static final String RUN =
      """
      async tags => {
        const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}});
        const unclear = found.incomplete.filter(it => it.id === 'color-contrast');
        return found.violations.concat(unclear).flatMap(rule =>
          rule.nodes.map(it => rule.id + ' at ' + it.html + ': ' + it.failureSummary));
      }
      """;
  private static final String AXE = read();

  private Accessibility() {}

  private static String read() {
    try (var in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a line for each violation, empty if there is no violation. */
  static List<?> faults(Page page) {
    if (page.evaluate("typeof axe").equals("undefined")) {
      page.evaluate(AXE);
    }
    return (List<?>) page.evaluate(RUN, TAGS);
  }
}
