package io.gatehouse.cli.config;

import java.util.List;

/** Thrown for a configuration with which the filter would not start. */
public final class FaultyConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  FaultyConfigurationException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns each fault as a sentence that begins with the property's name. */
  public List<String> faults() {
    return faults;
  }
}
