package io.gatehouse.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A mistake in a configuration, which {@code check} has to report with its remedy: the check fails,
 * the remedy is applied, and then the check succeeds.
 *
 * @param name the name of the mistake
 * @param properties a configuration that is valid except for the mistake
 * @param subject the subject of the expected failure
 * @param remedy a part of the expected remedy
 * @param corrected applies the remedy, to the configuration or to a server
 */
public record Mistake(
    String name,
    Map<String, String> properties,
    String subject,
    String remedy,
    Consumer<Map<String, String>> corrected) {
  private static final Pattern SET = Pattern.compile("[Ss]et (gatehouse[.][a-z.-]+)=(\\S+)");
  private static final Pattern MEANT = Pattern.compile("Did you mean (gatehouse[.][a-z.-]+)[?]");

  /**
   * Returns the valid configuration with some properties replaced; an empty value removes a
   * property.
   */
  public static Map<String, String> but(Map<String, String> right, String... others) {
    var all = new HashMap<>(right);
    for (int i = 0; i < others.length; i += 2) {
      all.put(others[i], others[i + 1]);
    }
    all.values().removeIf(String::isEmpty);
    return all;
  }

  /**
   * Creates a mistake whose remedy is a property and its value, or its right name, which is applied
   * literally.
   */
  public static Mistake correctedByTheLetter(
      String name, Map<String, String> properties, String subject) {
    return new Mistake(name, properties, subject, "gatehouse.", it -> {});
  }

  /** Creates a mistake whose remedy the given function applies. */
  public static Mistake of(
      String name,
      Map<String, String> properties,
      String subject,
      String remedy,
      Consumer<Map<String, String>> corrected) {
    return new Mistake(name, properties, subject, remedy, corrected);
  }

  /** Checks, applies the remedy, and checks again. */
  public void isNamedAndCorrected() {
    var wrong = Command.runWith(properties, "check", "--json");
    assertThat(wrong.err()).as(name).isEmpty();
    assertThat(wrong.exitCode()).as(wrong.out()).isEqualTo(1);
    var failed = wrong.complaints("fail");
    assertThat(failed).as(wrong.out()).hasSize(1);
    var finding = failed.get(0);
    assertThat(finding.getString("subject")).as(wrong.out()).isEqualTo(subject);
    assertThat(finding.getString("text") + " " + finding.getString("remedy")).contains(remedy);

    var right = new HashMap<>(properties);
    doAsItSays(finding, right);
    corrected.accept(right);

    var correctedResult = Command.runWith(right, "check", "--json");
    assertThat(correctedResult.complaints("fail")).as(correctedResult.out()).isEqualTo(List.of());
    assertThat(correctedResult.exitCode()).isZero();
  }

  private static void doAsItSays(JsonObject finding, Map<String, String> properties) {
    var set = SET.matcher(finding.getString("remedy"));
    if (set.find()) {
      properties.put(set.group(1), set.group(2));
    }
    var meant = MEANT.matcher(finding.getString("remedy"));
    if (meant.find()) {
      properties.put(
          meant.group(1), String.valueOf(properties.remove(finding.getString("subject"))));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
