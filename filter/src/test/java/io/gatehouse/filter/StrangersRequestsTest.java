package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.AuditLog;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.observability.OpenTelemetrySignals;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.web.Problem;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sends what a stranger can send to an application whose authorization server is well or ill, and
 * compares what it causes with docs/strangers.md.
 */
@Tag("case-131")
class StrangersRequestsTest {
  private static final Pattern LINE =
      Pattern.compile("(?:WARNING|SEVERE) (?:\\[[a-z0-9]{10}] )?(GH[0-9]{3}) .*");
  private static final Map<String, String> ENDPOINTS =
      Map.of(
          "/.well-known/openid-configuration", "discovery",
          "/.well-known/oauth-authorization-server", "discovery",
          "/jwks", "jwks",
          "/token", "token",
          "/par", "pushed_authorization_request",
          "/revoke", "revocation");
  private static final String FORGED =
      "eyJhbGciOiJFUzI1NiIsImtpZCI6ImludmVudGVkIn0.eyJzdWIiOiJjYW5hcnkifQ.AAAA";
  private static final int TIMES = 3;

  /** A state of the authorization server, or of the application's configuration. */
  enum State {
    WELL("GH413 GH418 GH511 GH513"),
    TOKEN_ENDPOINT_IS_DOWN("GH513"),
    TOKEN_ENDPOINT_LIES("GH512"),
    CLIENT_IS_UNKNOWN("GH511"),
    KEYS_ARE_AWAY("GH419"),
    KEYS_ARE_BROKEN("GH419"),
    METADATA_IS_AWAY("GH411 GH513"),
    METADATA_IS_OF_ANOTHER("GH511"),
    PUSHED("GH418"),
    PUSHED_AND_REFUSED("GH511"),
    SIGNED_RESPONSES("GH418"),
    WITHOUT_PUBLIC_URL("GH511");

    private final String warnings;

    State(String warnings) {
      this.warnings = warnings;
    }
  }

  private final AdjustableClock clock = new AdjustableClock();
  private final CapturedLog log = new CapturedLog();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .build();
  private final FakeAuthorizationServer server = new FakeAuthorizationServer(clock);

  StrangersRequestsTest() throws Exception {}

  @AfterEach
  void close() {
    log.close();
    server.close();
    sdk.close();
  }

  private ValidConfiguration configuration(State state) {
    var usual =
        server
            .logoutEndpointsOf(server.endpointsOf(ValidConfiguration.ofVerifier()))
            .with(Property.LOGOUT_REVOKE, "true");
    switch (state) {
      case WELL -> {}
      case TOKEN_ENDPOINT_IS_DOWN -> server.answersTokenRequests(it -> Reply.status(503, ""));
      case TOKEN_ENDPOINT_LIES -> server.answersTokenRequests(it -> Reply.json("[]"));
      case CLIENT_IS_UNKNOWN ->
          server.answersTokenRequests(it -> Reply.status(401, "{\"error\":\"invalid_client\"}"));
      case KEYS_ARE_AWAY -> server.answersKeyRequests(it -> Reply.status(503, ""));
      case KEYS_ARE_BROKEN -> server.answersKeyRequests(it -> Reply.json("{\"keys\":[{}]}"));
      case METADATA_IS_AWAY, METADATA_IS_OF_ANOTHER -> {
        UnaryOperator<Reply> answer =
            state == State.METADATA_IS_AWAY ? it -> Reply.status(503, "") : it -> it;
        server.answersMetadataRequests(answer);
        return ValidConfiguration.ofVerifier().with(Property.ISSUER, server.origin());
      }
      case PUSHED, PUSHED_AND_REFUSED -> {
        if (state == State.PUSHED_AND_REFUSED) {
          server.answersPushedRequests(it -> Reply.status(400, "{\"error\":\"invalid_client\"}"));
        }
        return server.pushedRequestsOf(ValidConfiguration.ofOidc());
      }
      case SIGNED_RESPONSES -> {
        return server
            .endpointsOf(ValidConfiguration.ofOidc())
            .with(Property.RESPONSE_MODE, "query.jwt");
      }
      case WITHOUT_PUBLIC_URL -> {
        return usual.with(Property.ISSUER, "http://localhost:9").without(Property.PUBLIC_URL);
      }
    }
    return usual;
  }

  private List<FakeRequest> requests() {
    var requests = new ArrayList<FakeRequest>();
    for (var path :
        List.of(
            "/",
            "/orders",
            "/orders?x=y",
            "/a;b=c",
            "/%2e%2e/x",
            "//x",
            "/gatehouse",
            "/gatehouse/login",
            "/gatehouse/session",
            "/gatehouse/jwks",
            "/gatehouse/keep-open.js",
            "/gatehouse/request/" + "A".repeat(150),
            "/gatehouse/request/x",
            "/gatehouse/logout",
            "/gatehouse/logged-out?state=x",
            "/gatehouse/frontchannel-logout?iss=x&sid=y",
            "/gatehouse/callback",
            "/gatehouse/callback?code=x&state=y",
            "/gatehouse/callback?error=invalid_request",
            "/gatehouse/callback?error=server_error&state=y",
            "/gatehouse/callback?response=" + FORGED,
            "/gatehouse/callback?" + "x".repeat(20_000))) {
      requests.add(FakeRequest.navigation("/shop" + path));
      requests.add(FakeRequest.get("/shop" + path).header("Accept", "application/json"));
      requests.add(FakeRequest.of("HEAD", "/shop" + path));
      requests.add(FakeRequest.of("TRACE", "/shop" + path));
    }
    requests.add(
        FakeRequest.get("/shop/ws")
            .header("Upgrade", "websocket")
            .header("Connection", "Upgrade")
            .header("Origin", "https://evil.example"));
    requests.add(
        FakeRequest.of("POST", "/shop/gatehouse/logout").header("Origin", "https://evil.example"));
    for (var form : List.of("logout_token=" + FORGED, "logout_token=x", "x", "")) {
      requests.add(FakeRequest.of("POST", "/shop/gatehouse/backchannel-logout").form(form));
    }
    return requests;
  }

  private void send(Deployment application) throws Exception {
    for (var i = 0; i < TIMES; i++) {
      for (var request : requests()) {
        new Browser(application).send(request);
      }
      clock.advance(Duration.ofSeconds(20));
    }
    for (var query :
        List.of(
            "error=invalid_request",
            "error=server_error",
            "error=access_denied",
            "code=invented")) {
      var browser = new Browser(application); // has begun a login
      var redirect = browser.open("/shop/orders");
      if (redirect.status() == 302) {
        var parameters = redirect.parameters();
        var uri = parameters.getOrDefault("request_uri", "");
        if (uri.startsWith("https://app.example")) {
          new Browser(application).open(uri.replace("https://app.example", ""));
        }
        browser.comeBack(query + "&state=" + parameters.getOrDefault("state", "x"));
        browser.comeBack(query);
        browser.comeBack("response=" + FORGED);
      }
    }
    application.gatehouse().ages(); // as a health check does, in a thread of its own
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("gatehouse warm-up")) {
        thread.join(5_000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void causeNothingThatThePageDoesNotList(State state) throws Exception {
    try (var application =
        new Deployment(
            configuration(state).read(), clock, "/shop", new OpenTelemetrySignals(sdk))) {
      send(application);
      assertThat(metrics.collectAllMetrics())
          .isNotEmpty()
          .allSatisfy(StrangersRequestsTest::assertListed);
    }
    var warnings = log.ours().stream().filter(it -> !it.matches("(?:INFO|FINE) .*")).toList();
    var listed = StrangersPage.table(StrangersPage.WARNINGS).keySet();
    assertThat(warnings)
        .extracting(StrangersRequestsTest::code)
        .containsAll(
            List.of(state.warnings.split(" ", -1))) // otherwise the requests have missed their aim
        .allSatisfy(it -> assertThat(listed).contains(it));
    assertThat(server.calls())
        .extracting(ENDPOINTS::get)
        .allSatisfy(it -> assertThat(StrangersPage.table(StrangersPage.CALLS)).containsKey(it))
        .doesNotContain("revocation");
    assertThat(log.of(AuditLog.NAME)).allMatch(it -> it.contains("\"event\":\"refusal\""));
  }

  private static String code(String line) {
    var code = LINE.matcher(line);
    assertThat(code.matches()).as(line).isTrue();
    return code.group(1);
  }

  private static void assertListed(MetricData metric) {
    var row = StrangersPage.table(StrangersPage.METRICS).getOrDefault(metric.getName(), List.of());
    assertThat(row).as(metric.getName()).hasSize(2);
    if (metric.getName().equals("gatehouse.sessions")) {
      assertThat(metric.getLongGaugeData().getPoints()).allMatch(it -> it.getValue() == 0);
    } else if (!metric.getName().equals("gatehouse.server.calls.limit")) {
      assertThat(row.get(1)).as(metric.getName()).isNotEqualTo("nothing");
    }
    assertThat(metric.getData().getPoints())
        .flatExtracting(it -> it.getAttributes().asMap().values())
        .allSatisfy(it -> assertThat(labels()).contains(String.valueOf(it)));
  }

  private static Set<String> labels() {
    var labels =
        new HashSet<>(
            Set.of("logout-token", "served", "refused", "busy", "unavailable", "invalid_answer"));
    labels.addAll(Set.of("2xx", "3xx", "4xx", "5xx", "answer_lost"));
    labels.addAll(ENDPOINTS.values());
    Arrays.stream(Problem.values()).map(Problem::key).forEach(labels::add);
    return labels;
  }

  @Tag("case-129")
  // A server that is ill is an alarm, but no flood of one hides another.
  @Test
  void aFloodOfRefusalsHidesNoAlarm() throws Exception {
    try (var application =
        new Deployment(
            configuration(State.WELL).read(), clock, "/shop", new OpenTelemetrySignals(sdk))) {
      var stranger = new Browser(application);
      for (var i = 0; i < 500; i++) {
        stranger.open("/shop/gatehouse/callback?code=x&state=y");
        stranger.open("/shop/gatehouse/callback?error=invalid_request");
      }
      assertThat(log.ours()).hasSize(200).allMatch(it -> it.startsWith("INFO "));
      server.answersTokenRequests(it -> Reply.status(401, "{\"error\":\"invalid_client\"}"));
      var user = new Browser(application);
      user.comeBack(server.answerTo(user.open("/shop/orders")));
      assertThat(log.ours()).hasSize(201);
      assertThat(log.ours().get(200)).startsWith("WARNING ").contains("GH511 misconfigured");
      assertThat(log.of(AuditLog.NAME).get(200)).contains("\"reason\":\"misconfigured\"");
    }
  }
}
