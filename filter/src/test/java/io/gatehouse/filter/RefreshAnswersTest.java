package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.Tokens;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.Many;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.ClientRegistrations;
import io.gatehouse.internal.session.SessionTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Answers to a refresh, of any status with any body under any content type: docs/session.md has the
 * outcomes, and this test compares them with those of real calls.
 */
@Tag("case-69")
@Tag("case-70")
@Tag("case-71")
class RefreshAnswersTest {
  private static final Duration DUE = Duration.ofSeconds(675);
  private static final String TOKENS = "TOKENS";

  private static final Map<String, List<Integer>> STATUSES = new LinkedHashMap<>();
  private static final Map<String, List<String>> BODIES = new LinkedHashMap<>();
  private static final List<String> CONTENT_TYPES =
      List.of("application/json", "text/html", "application/octet-stream");

  static {
    STATUSES.put("200", List.of(200));
    STATUSES.put("3xx", List.of(300, 301, 302, 303, 305, 307, 308));
    STATUSES.put("401", List.of(401));
    STATUSES.put("403", List.of(403));
    STATUSES.put(
        "other 4xx",
        List.of(
            400, 402, 404, 405, 406, 409, 410, 411, 413, 414, 415, 417, 418, 422, 426, 431, 451));
    STATUSES.put(
        "407, 408, 421, 425, 429, 5xx",
        List.of(407, 408, 421, 425, 429, 500, 501, 502, 503, 504, 505, 507, 511, 520, 599));
    BODIES.put("tokens", List.of(TOKENS));
    BODIES.put("none", List.of(""));
    BODIES.put("a page", List.of("<!DOCTYPE html><title>x", "\uFEFF\r\n <html>", "<?xml ?><E/>"));
    BODIES.put(
        "other text or JSON, without a readable `error`",
        List.of(
            "upstream connect error",
            "[]",
            "{\"message\":\"no\"}",
            "{\"error\":\"Forbidden\"}",
            "{\"error\":{\"code\":\"invalid_grant\"}}",
            "{\"error\":\"invalid_grant\",\"error\":\"x\"}"));
    BODIES.put("`invalid_grant`", errors("invalid_grant"));
    BODIES.put("`invalid_client`", errors("invalid_client"));
    BODIES.put(
        "`temporarily_unavailable`, `server_error`, `slow_down`",
        errors("temporarily_unavailable", "server_error", "slow_down"));
    BODIES.put(
        "any other `error`",
        errors(
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_request",
            "invalid_scope",
            "access_denied",
            "interaction_required",
            "something_new"));
  }

  private record Case(int status, String body, String contentType) {}

  private static List<String> errors(String... codes) {
    var bodies = new ArrayList<String>();
    for (var code : codes) {
      bodies.add("{\"error\":\"" + code + "\",\"error_description\":\"x\"}");
    }
    return bodies;
  }

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;

  RefreshAnswersTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    server.acceptsUsedRefreshTokens();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void haveTheOutcomesOfTheDocument() throws Exception {
    var verifier = server.endpointsOf(ValidConfiguration.ofVerifier());
    var ofVerifier = outcomes(configuration(verifier), CONTENT_TYPES);
    var oidc = configuration(server.endpointsOf(ValidConfiguration.ofOidc()));
    server.knows(oidc.clientId());
    var ofOthers = outcomes(oidc, CONTENT_TYPES.subList(0, 1));
    assertThat(Files.readString(Path.of("../docs/session.md")))
        .contains(table(ofVerifier, ofOthers));
  }

  // Where a lost answer is not repeated, it differs from the others in the session.
  private static Configuration configuration(ValidConfiguration configuration) {
    return configuration.with(Property.SESSION_RETRY_LOST_REFRESH, "false").read();
  }

  private static String table(Map<String, String> ofVerifier, Map<String, String> ofOthers) {
    var table = new StringBuilder("| body | " + String.join(" | ", STATUSES.keySet()) + " |\n");
    table.append("|---").append("|---".repeat(STATUSES.size())).append("|\n");
    for (var body : BODIES.keySet()) {
      table.append("| ").append(body);
      for (var status : STATUSES.keySet()) {
        var verifier = ofVerifier.get(body + status);
        var other = ofOthers.get(body + status);
        table.append(" | ").append(other);
        if (!Objects.equals(verifier, other)) {
          table.append("; `verifier`: ").append(verifier);
        }
      }
      table.append(" |\n");
    }
    return table.toString();
  }

  private Map<String, String> outcomes(Configuration configuration, List<String> contentTypes)
      throws Exception {
    var outcomes = new LinkedHashMap<String, String>();
    try (var application = new Deployment(configuration, clock, "/shop")) {
      for (var body : BODIES.keySet()) {
        for (var status : STATUSES.keySet()) {
          var seen = new TreeSet<String>();
          for (var one : cases(status, body, contentTypes)) {
            seen.add(outcome(application, configuration, one));
          }
          outcomes.put(body + status, String.join(" or ", seen));
        }
      }
    }
    return outcomes;
  }

  // A sample, always the same; ten times as many in the nightly build.
  private static List<Case> cases(String status, String body, List<String> contentTypes) {
    var all = new ArrayList<Case>();
    for (var one : STATUSES.getOrDefault(status, List.of())) {
      for (var text : BODIES.getOrDefault(body, List.of())) {
        contentTypes.forEach(it -> all.add(new Case(one, text, it)));
      }
    }
    Collections.shuffle(all, new Random(body.hashCode()));
    return all.subList(0, Math.min(all.size(), Many.TIMES / 20_000));
  }

  private String outcome(Deployment application, Configuration configuration, Case given)
      throws Exception {
    var registration =
        ClientRegistrations.named(
            configuration.server(), configuration.clientId(), configuration.access().roles());
    var tokens =
        LoggedIn.tokens(clock, registration, Optional.of(FakeAuthorizationServer.REFRESH_TOKEN));
    var session = new FakeSession("logged-in").with(Tokens.ATTRIBUTE, tokens);
    server.answersRefreshes(
        it ->
            new Reply(
                given.status(),
                given.body().equals(TOKENS) ? it.body() : given.body(),
                Map.of("Content-Type", given.contentType())));
    clock.advance(DUE); // longer than a refused client pauses
    var browser = new Browser(application);
    browser.keepSession(session);
    var before = server.refreshes();
    var page = browser.open("/shop/orders").status();
    assertThat(server.refreshes()).as("calls").isEqualTo(before + 1);
    assertThat(page).as(given.toString()).isEqualTo(session.isValid() ? 200 : 302);
    return session.isValid() ? ofLivingSession(tokens) : "refused";
  }

  private static String ofLivingSession(SessionTokens tokens) {
    if (!tokens.current().accessToken().equals("access")) {
      return "renewed";
    }
    return tokens.refreshToken().isPresent() ? "later" : "lost";
  }
}
