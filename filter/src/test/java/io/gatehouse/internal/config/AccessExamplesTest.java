package io.gatehouse.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.Requirement;
import io.gatehouse.internal.access.WelcomeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/access-rules.md require what the page says. */
@Tag("case-110")
class AccessExamplesTest {
  private static final Path PAGE = Path.of("..", "docs", "access-rules.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```access\n(.*?)```");
  private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (\\S+) -> (.+)");

  static Stream<String> examples() throws IOException {
    return BLOCK.matcher(Files.readString(PAGE)).results().map(it -> it.group(1));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void requireWhatThePageSays(String example) {
    var configuration = ValidConfiguration.ofOidc();
    for (var line : example.lines().filter(it -> !REQUEST.matcher(it).matches()).toList()) {
      var parts = line.split("=", 2);
      configuration.with(Property.named(parts[0]).orElseThrow(), parts[1]);
    }
    var rules = new AccessRules(configuration.read().access().rules(), WelcomeFiles.USUAL);
    for (var request : requests(example)) {
      assertThat(text(rules.of(FakeRequest.of(request.group(1), request.group(2)).http())))
          .as(request.group())
          .isEqualTo(request.group(3));
    }
  }

  private static List<MatchResult> requests(String example) {
    return REQUEST.matcher(example).results().toList();
  }

  private static String text(Requirement requirement) {
    if (requirement.isPublic()) {
      return "public";
    }
    var parts = new ArrayList<String>();
    if (!requirement.roles().isEmpty()) {
      parts.add(
          "role "
              + String.join(
                  " and ", requirement.roles().stream().map(AccessExamplesTest::either).toList()));
    }
    requirement.acrs().forEach(it -> parts.add("acr " + String.join("|", it)));
    requirement.maxAge().ifPresent(it -> parts.add("max-age " + it.toMinutes() + "m"));
    return parts.isEmpty() ? "login" : String.join(", ", parts);
  }

  private static String either(Set<String> roles) {
    return String.join("|", new TreeSet<>(roles));
  }

  @Test
  void areAtLeastTwenty() throws IOException {
    assertThat(examples().mapToInt(it -> requests(it).size()).sum()).isGreaterThan(20);
  }
}
