package io.gatehouse.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.web.Problem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page docs/messages.md lists each fault, warning and error of the code, with the cause and the
 * remedy from messages.properties. With {@code -Dmessages.update=true} the page is written;
 * otherwise it must already be the same.
 */
class MessagesTest {
  private static final Path PAGE = Path.of("..", "docs", "messages.md");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final String BEGIN = "<!-- messages -->";
  private static final String END = "<!-- end of messages -->";
  private static final String UPDATE =
      "./mvnw -pl filter test -Dtest=MessagesTest -Dmessages.update=true writes it";
  private static final Pattern CODED = Pattern.compile("(GH[0-9]{3}) (.+)");

  private static final Map<String, Class<?>> TEXTS =
      ordered(
          Map.entry("Configuration", ConfigurationFaults.class),
          Map.entry("Keys and secrets", KeyFaults.class),
          Map.entry("Deployment", DeploymentFaults.class),
          Map.entry("Warnings", Warnings.class));

  private static final Set<Class<?>> OF_PROPERTIES =
      Set.of(ConfigurationFaults.class, KeyFaults.class);

  private final Properties explanations = explanations();

  @Test
  void thePageListsTheMessagesOfTheCode() throws IOException {
    var page = Files.readAllLines(PAGE);
    var expected = new ArrayList<>(page.subList(0, page.indexOf(BEGIN) + 1));
    TEXTS.forEach((heading, texts) -> expected.addAll(section(heading, coded(texts))));
    expected.addAll(section("Failed logins and refused requests", problems()));
    expected.add("");
    expected.addAll(page.subList(page.indexOf(END), page.size()));
    if (Boolean.getBoolean("messages.update")) {
      Files.write(PAGE, expected);
      return;
    }
    assertThat(page).as(UPDATE).isEqualTo(expected);
  }

  @Test
  void eachMessageHasItsOwnCode() {
    assertThat(all()).extracting(it -> it.substring(0, 5)).doesNotHaveDuplicates();
  }

  @Test
  void eachCodeIsExplainedAndNoOther() {
    assertThat(explanations.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(all().map(it -> it.substring(0, 5)).toList());
  }

  @Test
  void eachPropertyInAMessageExists() {
    var name = Pattern.compile("(?<!io\\.)gatehouse\\.[a-z-]+[a-z.-]*[a-z]");
    var names =
        Stream.concat(all(), explanations.values().stream().map(String::valueOf))
            .flatMap(it -> name.matcher(it).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    var properties = Arrays.stream(Property.values()).map(Property::fullName).toList();
    assertThat(names).hasSizeGreaterThan(10).allMatch(properties::contains);
  }

  @Test
  void eachTextIsUsed() {
    var sources = sources();
    for (var texts : TEXTS.values()) {
      assertThat(constants(texts))
          .isNotEmpty()
          .allMatch(it -> sources.contains(texts.getSimpleName() + "." + it.getName()));
    }
  }

  // A format that its arguments do not fit would fail where a fault is reported.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Level\\.(WARNING|ERROR),\\s*\"",
        "\\bfault\\(\\s*[A-Za-z_.]+,\\s*\"",
        "ConfigurationException\\((?:\\s*List\\.of\\()?\\s*\"(?!Gatehouse cannot start: )",
        "StartFaultException\\(\\s*\"",
        "UnusableKeyException\\(\\s*\"(?!the JWKS |%s (?:is|has|cannot) )" // of the server's keys
      })
  void noMessageStandsBesideTheCatalogue(String literal) {
    assertThat(Pattern.compile(literal).matcher(sources()).results().map(MatchResult::group))
        .isEmpty();
  }

  private Stream<String> all() {
    return Stream.concat(
        TEXTS.values().stream().flatMap(it -> coded(it).stream()), problems().stream());
  }

  private static List<String> coded(Class<?> texts) {
    return constants(texts).stream()
        .map(MessagesTest::text)
        .filter(it -> !it.equals(DeploymentFaults.IF_INTENDED))
        .map(it -> OF_PROPERTIES.contains(texts) ? it.replaceFirst("%s", "PROPERTY") : it)
        .toList();
  }

  private static List<Field> constants(Class<?> texts) {
    return Arrays.stream(texts.getDeclaredFields())
        .filter(it -> it.getType() == String.class)
        .toList();
  }

  private static String text(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  // A step-up is answered to a program and not logged.
  private static List<String> problems() {
    return Arrays.stream(Problem.values())
        .filter(it -> it != Problem.STEP_UP_NEEDED)
        .map(it -> it.code() + " " + it.key() + ": %s")
        .toList();
  }

  private List<String> section(String heading, List<String> messages) {
    return Stream.of(
            Stream.of("", "## " + heading, ""),
            Stream.of("| code | message | cause | what to do |", "|---|---|---|---|"),
            messages.stream().map(this::row))
        .flatMap(it -> it)
        .toList();
  }

  private String row(String message) {
    var coded = CODED.matcher(message);
    assertThat(coded.matches()).as(message).isTrue();
    var explanation = explanations.getProperty(coded.group(1), "").split(" \\| ", -1);
    assertThat(explanation).as(message).hasSize(2).allMatch(it -> !it.isBlank());
    return "| %s | %s | %s | %s |"
        .formatted(
            coded.group(1), shown(coded.group(2)), cell(explanation[0]), cell(explanation[1]));
  }

  private static String cell(String explanation) {
    return explanation.replace("|", "\\|");
  }

  private static String shown(String format) {
    return format
        .replaceAll("%[sd]", "...")
        .replace("%%", "%")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("|", "\\|");
  }

  private static String sources() {
    try (var files = Files.walk(SOURCES)) {
      var all = new StringBuilder();
      for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
      assertThat(all).contains("Level.WARNING");
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SafeVarargs
  private static Map<String, Class<?>> ordered(Map.Entry<String, Class<?>>... entries) {
    var map = new LinkedHashMap<String, Class<?>>();
    for (var entry : entries) {
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }

  private static Properties explanations() {
    var texts = new Properties();
    try (var in =
        new InputStreamReader(
            Objects.requireNonNull(MessagesTest.class.getResourceAsStream("messages.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
