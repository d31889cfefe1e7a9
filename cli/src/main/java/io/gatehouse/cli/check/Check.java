package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfigurationOptions;
import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.config.FaultyConfigurationException;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.jose.JwsAlgorithm;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A check of the configuration, the authorization server and the running application, in this
 * order.
 */
public final class Check {
  // A fault reads "GH100 gatehouse.x is this. Do that.", so the remedy is its second sentence.
  private static final Pattern FAULT =
      Pattern.compile(
          "(?<code>GH[0-9]{3}) (?:(?<property>gatehouse\\.[^ :]+):? )?(?<text>.+?[.])(?: (?<remedy>.+))?$",
          Pattern.DOTALL);

  private Check() {}

  public static void run(ConfigurationOptions options, Findings findings) {
    try {
      var application = options.readOrFault();
      findings.ok("configuration", inShort(application));
      check(application, it -> withClientAuth(options, it), findings);
    } catch (FaultyConfigurationException e) {
      fail(e, findings);
    }
  }

  /** Adds a finding for each fault of a configuration. */
  static void fail(FaultyConfigurationException faulty, Findings findings) {
    faulty.faults().forEach(it -> fail(it, findings));
  }

  private static String inShort(ConfiguredApplication application) {
    return "client_id %s, request objects %s, client authentication %s, scope %s"
        .formatted(
            application.clientId(),
            application.requestObjectAlgorithm().wireName(),
            application.clientAuthAlgorithm().wireName(),
            application.scope());
  }

  private static void fail(String fault, Findings findings) {
    var parts = FAULT.matcher(fault);
    if (parts.matches()) {
      var text = parts.group("code") + " " + parts.group("text");
      var subject = Optional.ofNullable(parts.group("property")).orElse("configuration");
      findings.fail(subject, text, Optional.ofNullable(parts.group("remedy")).orElse(""));
    } else {
      findings.fail("configuration", fault, "");
    }
  }

  private static Optional<ConfiguredApplication> withClientAuth(
      ConfigurationOptions options, JwsAlgorithm algorithm) {
    try {
      return Optional.of(options.readWith(Map.of("client-auth.alg", algorithm.wireName())));
    } catch (FaultyConfigurationException notWithThisKey) {
      return Optional.empty();
    }
  }

  private static void check(
      ConfiguredApplication application, TokenEndpointCheck.Other other, Findings findings) {
    try (var web =
        new Web(application.connectTimeout(), application.timeout(), application.trust())) {
      var server = new ServerCheck(application, web, findings).run();
      var there = new ApplicationCheck(application, findings);
      if (server.isEmpty()) {
        there.lookForKeys();
      } else if (there.run()) {
        // A failure that is already found would only be reported a second time.
        var known = new TokenEndpointCheck(application, other, server.get(), findings).run();
        if (known && !findings.haveFailed()) {
          new AuthorizationCheck(application, web, findings).run(server.get());
        }
      } else {
        findings.warn(
            "client",
            "the server was not asked for a login, since the application has to run for that",
            "Correct the problems above, and check again");
      }
    }
  }
}
