package io.gatehouse.internal.config;

import java.util.List;

/** A configuration that cannot be used; the message lists every fault by property name. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public ConfigurationException(List<String> faults) {
    super(
        "Gatehouse cannot start: "
            + (faults.size() == 1 ? "1 fault" : faults.size() + " faults")
            + " in its configuration."
            + String.join("", faults.stream().map(it -> "\n  - " + it).toList()));
    this.faults = List.copyOf(faults);
  }

  /** Each with its property and how to mend it. */
  public List<String> faults() {
    return faults;
  }
}
