package io.gatehouse.standin.endpoint;

import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.request.RequestObject;
import java.util.List;

/** Chooses the {@code acr} of a login from the requested {@code acr_values}. */
final class AcrValues {

  /** The value that the Verifier always returns. */
  private static final String USUAL = "0";

  private final List<String> supported;

  AcrValues(Settings settings) {
    this.supported = settings.acrValues() ? settings.supportedAcrValues() : List.of();
  }

  // OIDC Core 3.1.2.1: in order of preference, and voluntary, so an unknown value is no error
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
