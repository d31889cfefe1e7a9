package io.gatehouse.standin.wallet;

import io.gatehouse.standin.config.Person;
import io.gatehouse.standin.config.PersonSettings;
import io.gatehouse.standin.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people in the wallet: those of the options, or three default ones. */
public final class People {

  static final List<Person> DEFAULT =
      List.of(Person.PRODUCT_MANAGER, Person.AUDITOR, Person.REVOKED);

  private final Map<String, Person> byId = new LinkedHashMap<>();

  People(Settings settings) {
    var people =
        settings.people().isEmpty()
            ? DEFAULT
            : settings.people().stream().map(PersonSettings::person).toList();
    for (var person : people) {
      if (byId.put(person.id(), person) != null) {
        throw new IllegalArgumentException("standin.people: two have the name " + person.id());
      }
    }
  }

  List<Person> all() {
    return List.copyOf(byId.values());
  }

  Optional<Person> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
