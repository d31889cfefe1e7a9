package io.gatehouse.standin;

import java.util.List;

/** Which {@code acr} a log-in gets for the {@code acr_values} it asks for. */
final class AcrValues {

  /** What the Verifier always says. */
  private static final String USUAL = "0";

  private final List<String> supported;

  AcrValues(Settings settings) {
    this.supported = settings.acrValues() ? settings.supportedAcrValues() : List.of();
  }

  // OIDC Core 3.1.2.1: in order of preference, and voluntary, so an unknown one is no error
  String acr(RequestObject object) {
    if (!(object.claim("acr_values") instanceof String asked)) {
      return USUAL;
    }
    return List.of(asked.split(" ", -1)).stream()
        .filter(supported::contains)
        .findFirst()
        .orElse(USUAL);
  }
}
