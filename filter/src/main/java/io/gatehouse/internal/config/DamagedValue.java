package io.gatehouse.internal.config;

import io.gatehouse.internal.message.ConfigurationFaults;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Detects values that are not as their author wrote them: in quotation marks, or with an expression
 * that has no value. Such a value would be used or ignored silently.
 */
final class DamagedValue {
  private static final Pattern IN_QUOTATION_MARKS = Pattern.compile("(?s)\"[^\"]*\"|'[^']*'");

  private final Config config;
  private final Settings settings;

  DamagedValue(Config config, Settings settings) {
    this.config = config;
    this.settings = settings;
  }

  /** Returns the fault of a damaged value; empty for any other value. */
  Optional<String> of(Property property) {
    var value = settings.text(property);
    if (value.isPresent() && IN_QUOTATION_MARKS.matcher(value.get()).matches()) {
      return Optional.of(ConfigurationFaults.IN_QUOTATION_MARKS);
    }
    return settings.ownText(property).isEmpty() && isUnresolved(property)
        ? Optional.of(ConfigurationFaults.UNRESOLVED)
        : Optional.empty();
  }

  private boolean isUnresolved(Property property) {
    var own = settings.name().prefix().map(it -> it + property.shortName());
    return Stream.concat(own.stream(), Stream.of(property.fullName())).anyMatch(this::isUnresolved);
  }

  // A value whose expression has no value counts as not set (MicroProfile Config 3.0, section
  // "Property Expressions").
  private boolean isUnresolved(String fullName) {
    return settings.configured(fullName).isEmpty()
        && Objects.requireNonNullElse(config.getConfigValue(fullName).getRawValue(), "")
            .contains("${");
  }
}
