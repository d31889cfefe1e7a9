package io.gatehouse.internal.config;

import java.util.List;

/** Thrown if the configuration is unusable; the message lists every fault by property name. */
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

  /** Returns the faults, each with its property and its remedy. */
  public List<String> faults() {
    return faults;
  }
}
