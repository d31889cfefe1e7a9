package io.gatehouse.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/configuration.md matches the code: names, order and fixed defaults are those of
 * {@link Property}, the rest is in configuration-reference.properties. With {@code
 * -Dreference.update=true} the table is written; otherwise the page must already contain it.
 */
class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final String BEGIN = "<!-- properties -->";
  private static final String END = "<!-- end of properties -->";
  private static final String UPDATE =
      "./mvnw -pl filter test -Dtest=ConfigurationReferenceTest -Dreference.update=true writes it";

  private final Properties texts = texts();

  @Test
  void thePageHasTheTableOfTheCode() throws IOException {
    var page = Files.readAllLines(PAGE);
    var expected = new ArrayList<>(page.subList(0, page.indexOf(BEGIN) + 1));
    expected.addAll(table());
    expected.addAll(page.subList(page.indexOf(END), page.size()));
    if (Boolean.getBoolean("reference.update")) {
      Files.write(PAGE, expected);
      return;
    }
    assertThat(page).as(UPDATE).isEqualTo(expected);
  }

  @Test
  void nothingIsSaidOfWhatIsNoProperty() {
    var properties = Arrays.stream(Property.values()).map(Property::shortName).toList();
    assertThat(texts.stringPropertyNames())
        .allSatisfy(it -> assertThat(properties).contains(it.substring(0, it.lastIndexOf('.'))))
        .allMatch(it -> it.matches(".*\\.(type|default|example|meaning)"));
  }

  private List<String> table() {
    return Stream.concat(
            Stream.of("| property | type | default | example | meaning |", "|---|---|---|---|---|"),
            Arrays.stream(Property.values()).map(this::row))
        .toList();
  }

  private String row(Property property) {
    return "| `%s` | %s | %s |%s | %s |"
        .formatted(
            property.fullName(),
            needed(property, "type"),
            byDefault(property),
            text(property, "example").map(it -> " `" + it + "`").orElse(""),
            needed(property, "meaning"));
  }

  private String byDefault(Property property) {
    var text = text(property, "default");
    assertThat(text.isPresent())
        .as(property.shortName() + ".default: either in Property or in the reference")
        .isNotEqualTo(property.fixedDefault().isPresent());
    return text.or(() -> property.fixedDefault().map(it -> "`" + it + "`")).orElseThrow();
  }

  private String needed(Property property, String what) {
    var text = text(property, what);
    assertThat(text).as(property.shortName() + "." + what).isPresent();
    return text.get();
  }

  private Optional<String> text(Property property, String what) {
    return Optional.ofNullable(texts.getProperty(property.shortName() + "." + what))
        .map(it -> it.replace("|", "\\|"));
  }

  private static Properties texts() {
    var texts = new Properties();
    try (var in =
        new InputStreamReader(
            Objects.requireNonNull(
                ConfigurationReferenceTest.class.getResourceAsStream(
                    "configuration-reference.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
