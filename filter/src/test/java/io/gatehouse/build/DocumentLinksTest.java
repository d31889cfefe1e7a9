package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links within the documentation lead somewhere, and the classes of the architecture exist. */
class DocumentLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");
  private static final Pattern CLASS_OF_PICTURE =
      Pattern.compile("class=\"cls\">([A-Z]\\w*[a-z]\\w*)<");

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(it -> it.group(1));
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() {
    var broken = new ArrayList<String>();
    var documents = ProjectFiles.withSuffix(".md");
    for (var document : documents) {
      var text = CODE_BLOCK.matcher(ProjectFiles.read(document)).replaceAll("");
      found(LINK, text)
          .filter(it -> !it.matches("(https?|mailto):.*"))
          .filter(it -> !leadsSomewhere(document, it))
          .forEach(it -> broken.add(ProjectFiles.ROOT.relativize(document) + ": " + it));
    }
    assertThat(documents).hasSizeGreaterThan(50);
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path document, String link) {
    var parts = link.split("#", 2);
    var target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).toAbsolutePath();
    return Files.exists(target)
        && (parts.length == 1
            || !target.toString().endsWith(".md")
            || anchors(ProjectFiles.read(target)).contains(parts[1]));
  }

  // As GitHub makes them: lower case, without punctuation, and spaces as hyphens.
  private static Set<String> anchors(String text) {
    return found(HEADING, text)
        .map(it -> it.toLowerCase(Locale.ROOT).strip())
        .map(it -> it.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theClassesOfTheArchitectureExist() {
    var classes =
        ProjectFiles.withSuffix(".java").stream()
            .map(it -> it.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    var page = ProjectFiles.read(ProjectFiles.ROOT.resolve("docs/architecture.md"));
    var picture = ProjectFiles.read(ProjectFiles.ROOT.resolve("docs/architecture.svg"));
    var named = Stream.concat(found(CLASS, page), found(CLASS_OF_PICTURE, picture)).toList();
    assertThat(named).hasSizeGreaterThan(80);
    assertThat(named).isSubsetOf(classes);
  }
}
