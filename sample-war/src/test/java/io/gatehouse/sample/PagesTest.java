package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Pattern TAG_OF_OURS = Pattern.compile("<s:[^>]*>");
  private static final Pattern UNESCAPED = Pattern.compile("[$#]\\{(?!s:text\\().*?}|<%=.*?%>");
  private static final Pattern INLINE =
      Pattern.compile("<script|<style|\\sstyle=|\\son[a-z]+=|javascript:");

  @Test
  void noPagePrintsAValueUnescaped() throws IOException {
    for (var page : pages()) {
      // Attributes of our own tags take values; what the tag prints of them is checked in its file.
      var html = TAG_OF_OURS.matcher(Files.readString(page)).replaceAll("");
      assertThat(UNESCAPED.matcher(html).results()).as(page.toString()).isEmpty();
    }
  }

  @Test
  void noPageHasScriptOrStyleThatTheContentSecurityPolicyForbids() throws IOException {
    for (var page : pages()) {
      assertThat(INLINE.matcher(Files.readString(page)).results()).as(page.toString()).isEmpty();
    }
  }

  private static List<Path> pages() throws IOException {
    try (var files = Files.walk(Path.of("src/main/webapp/WEB-INF"))) {
      var pages = files.filter(it -> it.toString().matches(".*\\.(jsp|tag)")).toList();
      assertThat(pages).hasSizeGreaterThan(8);
      return pages;
    }
  }
}
