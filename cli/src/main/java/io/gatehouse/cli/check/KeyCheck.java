package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.jose.JwsAlgorithm;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the authorization server's keys (RFC 7517) with the algorithms that are accepted on ID
 * tokens.
 */
final class KeyCheck {
  // two names of one algorithm, RFC 9864 2.2
  private static final Set<JwsAlgorithm> ED25519 =
      EnumSet.of(JwsAlgorithm.EDDSA, JwsAlgorithm.ED25519);

  private static final Set<String> USABLE = Set.of("sig", ""); // an empty text states nothing

  private final ConfiguredApplication application;
  private final Findings findings;

  KeyCheck(ConfiguredApplication application, Findings findings) {
    this.application = application;
    this.findings = findings;
  }

  void run(JsonObject jwks) {
    var keys =
        jwks.getJsonArray("keys").stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonValue::asJsonObject)
            .filter(it -> USABLE.contains(it.getString("use", "sig")))
            .toList();
    var taken = application.idTokenAlgorithms();
    var usable =
        taken.stream().filter(it -> keys.stream().anyMatch(key -> serves(key, it))).toList();
    if (!usable.isEmpty()) {
      findings.ok("gatehouse.id-token.alg", "the server has a key for " + names(usable.stream()));
      return;
    }
    var possible =
        Stream.of(JwsAlgorithm.values())
            .filter(it -> keys.stream().anyMatch(key -> serves(key, it)))
            .map(JwsAlgorithm::wireName)
            .collect(Collectors.joining(","));
    findings.fail(
        "gatehouse.id-token.alg",
        "takes %s, for which the server has no key".formatted(names(taken.stream())),
        "Set gatehouse.id-token.alg=" + possible);
  }

  private static String names(Stream<JwsAlgorithm> algorithms) {
    return JwsAlgorithm.names(algorithms);
  }

  private static boolean serves(JsonObject key, JwsAlgorithm algorithm) {
    var stated = key.getString("alg", "");
    var named = stated.isEmpty() ? algorithm.wireName() : stated;
    var isNamed =
        named.equals(algorithm.wireName())
            || (ED25519.contains(algorithm)
                && ED25519.stream().anyMatch(it -> it.wireName().equals(named)));
    return isNamed && isOfType(key, algorithm);
  }

  private static boolean isOfType(JsonObject key, JwsAlgorithm algorithm) {
    var curve = key.getString("crv", "");
    return switch (key.getString("kty", "")) {
      case "RSA" -> algorithm.wireName().matches("[RP]S.*");
      case "EC" ->
          (curve.equals("P-256") && algorithm == JwsAlgorithm.ES256)
              || (curve.equals("P-384") && algorithm == JwsAlgorithm.ES384)
              || (curve.equals("P-521") && algorithm == JwsAlgorithm.ES512);
      case "OKP" -> curve.equals("Ed25519") && ED25519.contains(algorithm);
      default -> false;
    };
  }
}
