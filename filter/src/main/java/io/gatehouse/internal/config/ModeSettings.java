package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.ResponseMode;
import java.util.Arrays;
import java.util.List;

/** Reads the form in which messages travel between the application and the authorization server. */
final class ModeSettings {
  private final Settings settings;
  private final PropertyContent material;
  private final Provider provider;

  ModeSettings(Settings settings, PropertyContent material, Provider provider) {
    this.settings = settings;
    this.material = material;
    this.provider = provider;
  }

  /**
   * Returns the modes of requests, responses and ID tokens.
   *
   * @param signingKeys the published signing keys
   */
  Configuration.Modes modes(List<SigningKey> signingKeys) {
    return new Configuration.Modes(
        requestMode(),
        responseMode(),
        new EncryptionSettings(settings, material).idTokenDecrypter(signingKeys));
  }

  private RequestMode requestMode() {
    var mode = settings.text(Property.REQUEST_MODE).flatMap(RequestMode::named);
    if (mode.isEmpty()) {
      settings.fault(
          Property.REQUEST_MODE, ConfigurationFaults.NOT_ONE_OF, "hosted, pushed, value");
      return RequestMode.HOSTED;
    }
    if (provider.didKey() && mode.get() != RequestMode.HOSTED) {
      settings.fault(Property.REQUEST_MODE, ConfigurationFaults.NOT_HOSTED);
    }
    if (mode.get() == RequestMode.PUSHED && nothingIsDiscovered()) {
      settings.required(
          Property.ENDPOINTS_PUSHED_AUTHORIZATION_REQUEST,
          ConfigurationFaults.PUSHED_ENDPOINT_MISSING);
    }
    return mode.get();
  }

  private ResponseMode responseMode() {
    return settings
        .text(Property.RESPONSE_MODE)
        .flatMap(ResponseMode::named)
        .orElseGet(
            () -> {
              settings.fault(
                  Property.RESPONSE_MODE, ConfigurationFaults.NOT_ONE_OF, "query, jwt, query.jwt");
              return ResponseMode.QUERY;
            });
  }

  private boolean nothingIsDiscovered() {
    return Arrays.stream(Endpoint.values())
        .filter(Endpoint::isRequired)
        .allMatch(it -> settings.isSet(Property.named(it.property()).orElseThrow()));
  }
}
