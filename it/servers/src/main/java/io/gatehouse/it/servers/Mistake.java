package io.gatehouse.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A mistake that somebody makes, which {@code check} has to name with what mends it: it fails, that
 * is done, and then all is well.
 *
 * @param name what it is
 * @param properties a configuration that is right but for it
 * @param subject what has to fail
 * @param mend a part of what has to be said to do about it
 * @param mended does it, to the configuration or to a server
 */
public record Mistake(
    String name,
    Map<String, String> properties,
    String subject,
    String mend,
    Consumer<Map<String, String>> mended) {
  private static final Pattern SET = Pattern.compile("[Ss]et (gatehouse[.][a-z.-]+)=(\\S+)");
  private static final Pattern MEANT = Pattern.compile("Did you mean (gatehouse[.][a-z.-]+)[?]");

  /** The right configuration, but for some of it; an empty value takes a property away. */
  public static Map<String, String> but(Map<String, String> right, String... others) {
    var all = new HashMap<>(right);
    for (int i = 0; i < others.length; i += 2) {
      all.put(others[i], others[i + 1]);
    }
    all.values().removeIf(String::isEmpty);
    return all;
  }

  /** One whose mend is a property and its value, or its right name, which is done to the letter. */
  public static Mistake mendedByTheLetter(
      String name, Map<String, String> properties, String subject) {
    return new Mistake(name, properties, subject, "gatehouse.", it -> {});
  }

  /** One that is mended as the words say. */
  public static Mistake of(
      String name,
      Map<String, String> properties,
      String subject,
      String mend,
      Consumer<Map<String, String>> mended) {
    return new Mistake(name, properties, subject, mend, mended);
  }

  /** Checks, mends, and checks again. */
  public void isNamedAndMended() {
    var wrong = Command.runWith(properties, "check", "--json");
    assertThat(wrong.err()).as(name).isEmpty();
    assertThat(wrong.exitCode()).as(wrong.out()).isEqualTo(1);
    var failed = wrong.complaints("fail");
    assertThat(failed).as(wrong.out()).hasSize(1);
    var finding = failed.get(0);
    assertThat(finding.getString("subject")).as(wrong.out()).isEqualTo(subject);
    assertThat(finding.getString("text") + " " + finding.getString("mend")).contains(mend);

    var right = new HashMap<>(properties);
    doAsItSays(finding, right);
    mended.accept(right);

    var mendedResult = Command.runWith(right, "check", "--json");
    assertThat(mendedResult.complaints("fail")).as(mendedResult.out()).isEqualTo(List.of());
    assertThat(mendedResult.exitCode()).isZero();
  }

  private static void doAsItSays(JsonObject finding, Map<String, String> properties) {
    var set = SET.matcher(finding.getString("mend"));
    if (set.find()) {
      properties.put(set.group(1), set.group(2));
    }
    var meant = MEANT.matcher(finding.getString("mend"));
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
