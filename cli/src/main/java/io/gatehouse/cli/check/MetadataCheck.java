package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.jose.JwsAlgorithm;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the authorization server's metadata (RFC 8414 section 2; OpenID Connect Discovery 1.0
 * section 3) with the configuration. An absent member proves nothing.
 */
final class MetadataCheck {
  private static final String REQUEST_MODE = "gatehouse.request-mode";

  private final ConfiguredApplication application;
  private final JsonObject metadata;
  private final Findings findings;

  MetadataCheck(ConfiguredApplication application, JsonObject metadata, Findings findings) {
    this.application = application;
    this.metadata = metadata;
    this.findings = findings;
  }

  void run() {
    idTokenAlgorithms();
    requestObjectAlgorithm();
    clientAuthMethod();
    clientAuthAlgorithm();
    requests();
    pkce();
    scopes();
  }

  private Optional<List<String>> list(String member) {
    return metadata.get(member) instanceof JsonArray array
        ? Optional.of(
            array.stream()
                .filter(JsonString.class::isInstance)
                .map(it -> ((JsonString) it).getString())
                .toList())
        : Optional.empty();
  }

  private boolean is(String member, JsonValue value) {
    return value.equals(metadata.get(member));
  }

  private void idTokenAlgorithms() {
    var offered = list("id_token_signing_alg_values_supported").orElse(List.of());
    var taken = application.idTokenAlgorithms().stream().map(JwsAlgorithm::wireName).toList();
    if (offered.isEmpty() || taken.stream().anyMatch(offered::contains)) {
      return; // KeyCheck decides by the server's keys
    }
    if (application.isKnownByDidKey()) {
      findings.ok(
          "gatehouse.id-token.alg",
          "%s, although the metadata says %s, as a Verifier's does"
              .formatted(String.join(", ", taken), String.join(", ", offered)));
      return;
    }
    var usable = offered.stream().filter(MetadataCheck::isAsymmetric).toList();
    findings.fail(
        "gatehouse.id-token.alg",
        "takes %s, and the server signs ID tokens by %s"
            .formatted(String.join(", ", taken), String.join(", ", offered)),
        usable.isEmpty()
            ? "Let the server sign by an asymmetric algorithm, such as RS256"
            : "Set gatehouse.id-token.alg=" + String.join(",", usable));
  }

  private static boolean isAsymmetric(String name) {
    return JwsAlgorithm.named(name).filter(it -> !it.isSymmetric()).isPresent();
  }

  private void requestObjectAlgorithm() {
    offered(
        "gatehouse.request-object.alg",
        application.requestObjectAlgorithm(),
        "request_object_signing_alg_values_supported");
  }

  private void clientAuthAlgorithm() {
    offered(
        "gatehouse.client-auth.alg",
        application.clientAuthAlgorithm(),
        "token_endpoint_auth_signing_alg_values_supported");
  }

  private void offered(String property, JwsAlgorithm configured, String member) {
    var offered = list(member);
    if (offered.isEmpty()) {
      return;
    }
    if (offered.get().contains(configured.wireName())) {
      findings.ok(property, configured.wireName() + ", which the server offers");
      return;
    }
    findings.fail(
        property,
        "is %s, and the server takes %s"
            .formatted(configured.wireName(), String.join(", ", offered.get())),
        "Use one of those, with a key of its type (%s of the metadata)".formatted(member));
  }

  private void clientAuthMethod() {
    var methods = list("token_endpoint_auth_methods_supported");
    if (methods.isEmpty()) {
      return;
    }
    var needed =
        application.clientAuthAlgorithm().isSymmetric() ? "client_secret_jwt" : "private_key_jwt";
    // The Verifier lists client_secret_jwt and means a key: docs/decisions/0006.
    var names =
        application.isKnownByDidKey() ? List.of(needed, "client_secret_jwt") : List.of(needed);
    if (names.stream().anyMatch(methods.get()::contains)) {
      findings.ok("client", "the server takes " + needed + " at its token endpoint");
      return;
    }
    var other = needed.equals("private_key_jwt") ? "client_secret_jwt" : "private_key_jwt";
    findings.fail(
        "client",
        "the server does not take %s at its token endpoint, but %s"
            .formatted(needed, String.join(", ", methods.get())),
        methods.get().contains(other)
            ? "Use it with a "
                + (other.equals("private_key_jwt")
                    ? "gatehouse.signing-key"
                    : "gatehouse.client-secret")
            : "Gatehouse proves itself by a signed assertion only; allow it at the server");
  }

  private void requests() {
    var mode = application.requestMode();
    var fault = faultOf(mode);
    if (fault.isEmpty()) {
      findings.ok(REQUEST_MODE, mode + ", and the server says nothing against it");
      return;
    }
    findings.fail(
        REQUEST_MODE,
        "is %s, and the server says %s".formatted(mode, fault.get()),
        Stream.of("hosted", "pushed", "value")
            .filter(it -> faultOf(it).isEmpty())
            .findFirst()
            .map(it -> "Set %s=%s, here and there".formatted(REQUEST_MODE, it))
            .orElse("Allow one of its values at the server"));
  }

  /** Returns what the metadata has against requests in this mode; empty if nothing. */
  private Optional<String> faultOf(String mode) {
    if (mode.equals("pushed")) {
      return metadata.containsKey("pushed_authorization_request_endpoint")
          ? Optional.empty()
          : Optional.of("nothing of an endpoint for pushed requests (RFC 9126 5)");
    }
    if (is("require_pushed_authorization_requests", JsonValue.TRUE)) {
      return Optional.of("that it takes pushed requests only (RFC 9126 5)");
    }
    var member =
        mode.equals("hosted") ? "request_uri_parameter_supported" : "request_parameter_supported";
    return is(member, JsonValue.FALSE) ? Optional.of(member + "=false") : Optional.empty();
  }

  private void pkce() {
    var methods = list("code_challenge_methods_supported");
    if (methods.isPresent() && !methods.get().contains("S256")) {
      findings.fail(
          "code_challenge_method",
          "the server takes no S256, but " + String.join(", ", methods.get()),
          "Switch S256 on at the server (RFC 7636 4.2)");
    } else {
      findings.ok(
          "code_challenge_method",
          methods.isPresent() ? "the server takes S256" : "the server does not say which it takes");
    }
  }

  private void scopes() {
    var supported = list("scopes_supported");
    if (supported.isEmpty() || application.isKnownByDidKey()) {
      return; // the Verifier lists only openid, whatever it accepts
    }
    var missing =
        Stream.of(application.scope().split(" "))
            .filter(it -> !supported.get().contains(it))
            .toList();
    if (missing.isEmpty()) {
      findings.ok("gatehouse.scope", "the server has each");
    } else {
      findings.warn(
          "gatehouse.scope",
          "the server does not list " + String.join(", ", missing),
          "It may refuse a login for them, or leave them out; it lists "
              + String.join(", ", supported.get()));
    }
  }
}
