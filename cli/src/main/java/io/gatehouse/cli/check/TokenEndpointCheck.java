package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tests the client authentication at the token endpoint, with a refresh token that was never
 * issued. An authorization server that knows the client refuses the token (RFC 6749 section 5.2);
 * any other refuses the client.
 */
final class TokenEndpointCheck {
  private static final String NO_TOKEN = "gatehouse-check-of-the-client";
  private static final String PROPERTY = "gatehouse.client-auth.alg";

  private final ConfiguredApplication application;
  private final Other other;
  private final ServerCheck.Found found;
  private final Findings findings;

  /** The same application with another client authentication algorithm. */
  interface Other {
    /** Returns the application; empty if its key or secret does not fit this algorithm. */
    Optional<ConfiguredApplication> with(JwsAlgorithm algorithm);
  }

  TokenEndpointCheck(
      ConfiguredApplication application, Other other, ServerCheck.Found found, Findings findings) {
    this.application = application;
    this.other = other;
    this.found = found;
    this.findings = findings;
  }

  /** Returns whether the authorization server knows the client. */
  boolean run() {
    var refusal = refusal(application);
    if (isOfTheToken(refusal)) {
      findings.ok("client", "the server knows it, by an assertion of " + algorithm());
      return true;
    }
    var description =
        found
            .calls()
            .last()
            .flatMap(WebAnswer::json)
            .map(it -> it.getString("error_description", ""))
            .filter(it -> !it.isEmpty())
            .map(it -> " (" + it + ")")
            .orElse("");
    findings.fail(
        PROPERTY,
        "is %s, and %s%s".formatted(algorithm(), refusal.reason(), description),
        accepted()
            .map(it -> "The server takes another one: set %s=%s".formatted(PROPERTY, it.wireName()))
            .orElse(
                "The client there has to be what `register` writes, with the same key or secret"));
    return false;
  }

  private String algorithm() {
    return application.clientAuthAlgorithm().wireName();
  }

  private Optional<JwsAlgorithm> accepted() {
    return Stream.of(JwsAlgorithm.values())
        .filter(it -> it != application.clientAuthAlgorithm())
        .filter(it -> other.with(it).filter(one -> isOfTheToken(refusal(one))).isPresent())
        .findFirst();
  }

  private static boolean isOfTheToken(LoginFailedException refusal) {
    return refusal.failure() == Failure.GRANT_REFUSED;
  }

  private LoginFailedException refusal(ConfiguredApplication as) {
    return as.client().refusalOf(NO_TOKEN, found.server(), found.calls());
  }
}
