package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.UnusableKeyException;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.server.SecureUri;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The configured values of the properties, read once, and all faults in them. A faulty value is
 * recorded and reading continues, so that one message can list every fault. Values are never part
 * of a message: any value could be a secret in the wrong place.
 */
public final class Settings {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private final Config config;
  private final FilterName name;
  private final Map<String, String> initParameters;
  private final Set<String> faults = new LinkedHashSet<>();
  private final DamagedValue damage;

  /**
   * Creates the settings of one filter.
   *
   * @param name the name of the filter
   * @param initParameters the filter's init-params; they take precedence over MicroProfile Config
   */
  public Settings(Config config, FilterName name, Map<String, String> initParameters) {
    this.config = config;
    this.name = name;
    this.initParameters = Map.copyOf(initParameters);
    this.damage = new DamagedValue(config, this);
  }

  FilterName name() {
    return name;
  }

  /** Returns the value, or the fixed default; a blank value counts as not set. */
  Optional<String> text(Property property) {
    return ownText(property).or(() -> configured(property.fullName())).or(property::fixedDefault);
  }

  /** Returns the value that is set for this filter, ignoring the value for all filters. */
  Optional<String> ownText(Property property) {
    return Optional.ofNullable(initParameters.get(property.shortName()))
        .flatMap(Settings::unlessBlank)
        .or(() -> name.prefix().flatMap(it -> configured(it + property.shortName())));
  }

  Optional<String> configured(String fullName) {
    return config.getOptionalValue(fullName, String.class).flatMap(Settings::unlessBlank);
  }

  private static Optional<String> unlessBlank(String value) {
    return Optional.of(value.strip()).filter(it -> !it.isEmpty());
  }

  boolean isSet(Property property) {
    return text(property).isPresent();
  }

  /**
   * Returns the value; an empty text, with a fault recorded, if none is set.
   *
   * @param missing the text of the fault
   */
  String required(Property property, String missing) {
    var value = text(property);
    if (value.isEmpty()) {
      fault(property, missing);
    }
    return value.orElse("");
  }

  /**
   * Returns an https address, or an http address on loopback, without query and fragment; records a
   * fault for any other value.
   */
  Optional<URI> address(Property property) {
    var value = text(property);
    var uri = value.flatMap(SecureUri::parse).filter(it -> it.getRawQuery() == null);
    if (value.isPresent() && uri.isEmpty()) {
      fault(property, SecureUri.faultOf(value.get()));
    }
    return uri;
  }

  /**
   * Returns a duration such as {@code 30s} or {@code PT30S} within the limits; records a fault for
   * any other value.
   */
  Duration duration(Property property, Duration least, Duration most) {
    var value = text(property).flatMap(Settings::duration);
    if (value.isPresent()
        && value.get().compareTo(least) >= 0
        && value.get().compareTo(most) <= 0) {
      return value.get();
    }
    fault(property, ConfigurationFaults.INVALID_DURATION, least, most);
    return least;
  }

  /** Parses a duration such as {@code 30s} or {@code PT30S}; empty for any other text. */
  static Optional<Duration> duration(String text) {
    var shortForm = SHORT_DURATION.matcher(text);
    if (shortForm.matches()) {
      var amount = Long.parseLong(shortForm.group(1));
      return Optional.of(
          switch (shortForm.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
          });
    }
    try {
      return Optional.of(Duration.parse(text.toUpperCase(Locale.ROOT)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Returns a duration within the limits, if one is set. */
  Optional<Duration> optionalDuration(Property property, Duration least, Duration most) {
    return isSet(property) ? Optional.of(duration(property, least, most)) : Optional.empty();
  }

  /** Returns a whole number within the limits; records a fault for any other value. */
  int number(Property property, int least, int most) {
    var value = text(property).filter(it -> NUMBER.matcher(it).matches()).map(Integer::parseInt);
    if (value.isPresent() && value.get() >= least && value.get() <= most) {
      return value.get();
    }
    fault(property, ConfigurationFaults.INVALID_NUMBER, least, most);
    return least;
  }

  /**
   * Returns whether the value is {@code true}; records a fault for any value but {@code true} and
   * {@code false}.
   */
  boolean choice(Property property, boolean byDefault) {
    var value = text(property);
    if (value.isPresent() && !value.get().equals("true") && !value.get().equals("false")) {
      fault(property, ConfigurationFaults.INVALID_BOOLEAN);
    }
    return value.map("true"::equals).orElse(byDefault);
  }

  /**
   * Returns the parts of a list that are separated by commas; a comma within a part is written
   * {@code \\,}.
   */
  List<String> list(Property property) {
    return text(property).stream()
        .flatMap(it -> Arrays.stream(it.split("(?<!\\\\),", -1)))
        .map(it -> it.replace("\\,", ",").strip())
        .filter(it -> !it.isEmpty())
        .toList();
  }

  /**
   * Records a fault, under the name by which the value was set or should be set.
   *
   * @param text the text of the fault, whose first argument is the name of the property
   * @param more the other arguments
   */
  void fault(Property property, String text, Object... more) {
    add(
        property,
        text.formatted(Stream.concat(Stream.of(shown(property)), Stream.of(more)).toArray()));
  }

  /** Records the fault of a key or secret. */
  void fault(Property property, UnusableKeyException key) {
    add(property, key.faultOf(shown(property)));
  }

  // That a value is damaged explains every other fault of it.
  private void add(Property property, String fault) {
    faults.add(damage.of(property).map(it -> it.formatted(shown(property))).orElse(fault));
  }

  /** Records each value that was damaged on its way into the configuration. */
  void damagedValues() {
    Stream.of(Property.values()).forEach(it -> damage.of(it).ifPresent(fault -> fault(it, fault)));
  }

  private String shown(Property property) {
    var own = ownText(property).isPresent() || configured(property.fullName()).isEmpty();
    var prefix = name.prefix().filter(it -> own && name.isOneOfSeveral());
    return prefix.orElse(Property.PREFIX) + property.shortName();
  }

  /**
   * Requires that no fault was recorded.
   *
   * @throws ConfigurationException if a fault was recorded
   */
  void requireFaultless() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(List.copyOf(faults));
    }
  }

  /** Records every unknown name as a fault: a misspelt property would have no effect. */
  void unknownNames() {
    var environment = System.getenv().keySet();
    StreamSupport.stream(config.getPropertyNames().spliterator(), false)
        .filter(it -> it.startsWith(Property.PREFIX))
        .map(it -> it.substring(Property.PREFIX.length()))
        .filter(it -> name.property(it).isEmpty())
        .filter(it -> !isEnvironmentName(it, environment))
        .sorted()
        .forEach(it -> unknown(Property.PREFIX + it, it, Property.PREFIX));
    initParameters.keySet().stream()
        .filter(it -> Property.named(it).isEmpty())
        .sorted()
        .forEach(it -> unknown("the filter's init-param " + it, it, ""));
  }

  // A configuration engine lists GATEHOUSE_CLIENT_ID as gatehouse.client.id too. A platform may
  // also set variables of that prefix itself, as Kubernetes does for a service named gatehouse.
  private static boolean isEnvironmentName(String shortName, Set<String> environment) {
    var name = (Property.PREFIX + shortName).replaceAll("[^A-Za-z0-9]", "_");
    return environment.contains(name) || environment.contains(name.toUpperCase(Locale.ROOT));
  }

  private void unknown(String shown, String shortName, String prefix) {
    faults.add(
        ConfigurationFaults.UNKNOWN_PROPERTY.formatted(
            shown, prefix + NearestName.to(shortName).shortName()));
  }
}
