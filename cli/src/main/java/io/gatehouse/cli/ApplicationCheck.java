package io.gatehouse.cli;

import io.gatehouse.filter.ConfiguredApplication;
import io.gatehouse.protocol.SecureUri;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the running application, where browsers and the server reach it, whether it is the one that
 * is configured: it has the same keys, and opens and signs what these keys have sealed.
 */
final class ApplicationCheck {
  private final ConfiguredApplication application;
  private final Findings findings;

  ApplicationCheck(ConfiguredApplication application, Findings findings) {
    this.application = application;
    this.findings = findings;
  }

  /** Asks; whether the application is there as configured. */
  boolean run() {
    if (application.publicUrl().isEmpty()) {
      findings.warn(
          "gatehouse.public-url",
          "is not set, so the application was not looked for",
          "Set it there and here; only on loopback an application can do without");
      return false;
    }
    var there = isThere("gatehouse.public-url", application.publicUrl().get());
    var backend = application.backendUrl();
    return backend.isEmpty() ? there : isThere("gatehouse.backend-url", backend.get()) && there;
  }

  private boolean isThere(String property, String base) {
    warnOfLoopback(property, base);
    try (var web =
        new Web(application.connectTimeout(), application.timeout(), application.trust())) {
      return hasOurKeys(property, base, web)
          && new RequestObjectCheck(application, web, findings).run(property, base);
    } catch (UnreachableException e) {
      findings.fail(
          property,
          "the application does not answer: " + e.reason(),
          "Start the application, or set %s to where it is".formatted(property));
      return false;
    }
  }

  private void warnOfLoopback(String property, String base) {
    var remoteServer = !SecureUri.isLoopback(URI.create(application.issuer()).getHost());
    var fetched = base.equals(application.backendUrl().orElse(base));
    if (remoteServer && fetched && SecureUri.isLoopback(URI.create(base).getHost())) {
      findings.warn(
          property,
          "is on this machine, where a server elsewhere cannot fetch request objects",
          "Set %s to an address that the server can reach".formatted(property));
    }
  }

  private boolean hasOurKeys(String property, String base, Web web) throws UnreachableException {
    var address = URI.create(base + application.ownPath() + "/jwks");
    var answer = web.get(address, "application/json");
    var theirs = answer.json().flatMap(ApplicationCheck::keys);
    if (answer.status() != 200 || theirs.isEmpty()) {
      findings.fail(
          property,
          "%s answers %s, and not with our keys".formatted(address, answer.inShort()),
          "Is the context path in %s right, has the application the filter, is gatehouse.path the"
                  .formatted(property)
              + " same there, and does a proxy before it pass these paths on?");
      return false;
    }
    var ours = keys(application.jwks()).orElse(Set.of());
    if (!theirs.get().equals(ours)) {
      findings.fail(
          property,
          "the application at %s has other keys than are configured here".formatted(base),
          "It is another application: set %s to the right one; or it runs with another"
                  .formatted(property)
              + " gatehouse.signing-key: start it with this configuration");
      return false;
    }
    findings.ok(property, "the application at %s has our keys".formatted(base));
    return true;
  }

  private static Optional<Set<JsonValue>> keys(JsonObject jwks) {
    return Optional.ofNullable(jwks.get("keys"))
        .filter(it -> it.getValueType() == JsonValue.ValueType.ARRAY)
        .map(it -> it.asJsonArray().stream().collect(Collectors.toSet()));
  }
}
