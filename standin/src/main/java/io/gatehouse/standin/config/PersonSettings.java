package io.gatehouse.standin.config;

import io.gatehouse.standin.did.DidKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A person as written in the options.
 *
 * @param name lower-case letters, digits and hyphens
 * @param powers each as {@code Function:Action}, the form of Gatehouse's role names
 * @param refused whether the person's credential is refused
 */
public record PersonSettings(
    @Nullable String name,
    @DefaultValue List<String> powers,
    @DefaultValue("false") boolean refused) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern POWER = Pattern.compile("([^:,|\\s]+):([^:,|\\s]+)");

  public Person person() {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "standin.people: a name is up to 40 lower-case letters, digits and hyphens, not " + name);
    }
    return new Person(
        name,
        name,
        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
        "Example",
        DidKey.ofPerson(name),
        mandate(),
        refused);
  }

  private List<Map<String, Object>> mandate() {
    var actions = new LinkedHashMap<String, Set<String>>();
    for (var power : powers) {
      var parts = POWER.matcher(power);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "standin.people: a power is Function:Action, such as ProductOffering:Create, not "
                + power);
      }
      actions.computeIfAbsent(parts.group(1), it -> new LinkedHashSet<>()).add(parts.group(2));
    }
    return actions.entrySet().stream()
        .map(it -> Person.power(it.getKey(), List.copyOf(it.getValue())))
        .toList();
  }
}
