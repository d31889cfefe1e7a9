package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.AuditLog;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.observability.LineBudget;
import io.gatehouse.internal.observability.ObjectFetches;
import io.gatehouse.internal.observability.OpenTelemetrySignals;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The observable traces of logins and sessions: the audit log, metrics and traces. */
@Tag("case-101")
class EventRecorderTest {
  private static final Pattern ID = Pattern.compile("<code>([2-9a-z]{10})</code>");

  private final AdjustableClock clock = new AdjustableClock();
  private final CapturedLog log = new CapturedLog();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final FakeAuthorizationServer server = new FakeAuthorizationServer(clock);
  private final Deployment application =
      new Deployment(
          server
              .logoutEndpointsOf(server.endpointsOf(ValidConfiguration.ofVerifier()))
              .with(Property.LOGOUT_REVOKE, "true")
              .read(),
          clock,
          "/shop",
          new OpenTelemetrySignals(sdk));
  private final Browser browser = new Browser(application);

  EventRecorderTest() throws Exception {}

  @AfterEach
  void close() {
    log.close();
    application.close();
    server.close();
    sdk.close();
  }

  private FakeResponse logIn() throws Exception {
    return browser.comeBack(server.answerTo(browser.open("/shop/orders")));
  }

  private List<JsonObject> audit() {
    return log.of(AuditLog.NAME).stream().map(EventRecorderTest::parsed).toList();
  }

  private static JsonObject parsed(String line) {
    assertThat(line).doesNotContain("\n", "canary");
    try (var reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  /** Sums, last values, and counts of histograms, by name and labels. */
  private Map<String, Long> numbers() {
    var numbers = new TreeMap<String, Long>();
    for (var metric : metrics.collectAllMetrics()) {
      var name = metric.getName();
      for (var it : metric.getLongSumData().getPoints()) {
        numbers.put(name + List.copyOf(it.getAttributes().asMap().values()), it.getValue());
      }
      for (var it : metric.getLongGaugeData().getPoints()) {
        numbers.put(name + List.copyOf(it.getAttributes().asMap().values()), it.getValue());
      }
      for (var it : metric.getHistogramData().getPoints()) {
        numbers.put(name + List.copyOf(it.getAttributes().asMap().values()), it.getCount());
      }
    }
    return numbers;
  }

  private SpanData span(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(it -> it.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no span " + name));
  }

  @Test
  void aLogInIsInTheAuditLogAndInTheMetrics() throws Exception {
    clock.advance(Duration.ZERO);
    var redirect = browser.open("/shop/orders");
    clock.advance(Duration.ofSeconds(7));
    browser.comeBack(server.answerTo(redirect));

    assertThat(audit()).hasSize(1);
    var line = audit().get(0);
    assertThat(line.keySet())
        .containsExactly(
            "time",
            "event",
            "issuer",
            "sub",
            "session",
            "client_id",
            "client_address",
            "duration_ms");
    assertThat(line.getString("event")).isEqualTo("login");
    assertThat(line.getString("sub")).isEqualTo(LoggedIn.SUBJECT);
    assertThat(line.getInt("duration_ms")).isEqualTo(7000);
    assertThat(numbers())
        .containsEntry("gatehouse.login.begun[]", 1L)
        .containsEntry("gatehouse.login.ended[]", 1L)
        .containsEntry("gatehouse.login.duration[]", 1L)
        .containsEntry("gatehouse.server.call.duration[token, 2xx]", 1L)
        .containsEntry("gatehouse.server.calls.active[]", 0L)
        .containsEntry("gatehouse.server.calls.limit[]", 12L)
        .containsKey("gatehouse.sessions[]");
  }

  @Test
  void theStepsOfALogInAreOneTrace() throws Exception {
    var redirect = browser.open("/shop/orders");
    new Browser(application)
        .open(redirect.parameter("request_uri").replace("https://app.example", ""));
    browser.comeBack(server.answerTo(redirect));

    var begun = span("gatehouse.login");
    var ended = span("gatehouse.callback");
    assertThat(ended.getTraceId()).isEqualTo(begun.getTraceId());
    assertThat(ended.getParentSpanId()).isEqualTo(begun.getSpanId());
    assertThat(span("gatehouse.token").getParentSpanId()).isEqualTo(ended.getSpanId());
    assertThat(span("gatehouse.request_object").getAttributes().isEmpty()).isTrue();
    assertThat(numbers()).containsEntry("gatehouse.request_object.fetches[served]", 1L);
  }

  @Test
  void theIdOnTheUsersPageIsInTheAuditLog() throws Exception {
    browser.open("/shop/orders");
    var page = browser.comeBack("error=access_denied&state=canary");

    var id = ID.matcher(page.body());
    assertThat(id.find()).isTrue();
    assertThat(audit()).hasSize(1);
    var line = audit().get(0);
    assertThat(line.getString("event")).isEqualTo("refusal");
    assertThat(line.getString("id")).isEqualTo(id.group(1));
    assertThat(line.getString("reason")).isEqualTo("invalid-request");
    assertThat(line.getString("detail")).contains("no login of this browser has this state");
    assertThat(numbers()).containsEntry("gatehouse.refusals[invalid-request]", 1L);
  }

  @Test
  void aRefusedStepSaysWhy() throws Exception {
    var redirect = browser.open("/shop/orders");
    browser.comeBack("error=access_denied&state=" + redirect.parameter("state"));
    assertThat(span("gatehouse.callback").getStatus().getDescription()).isEqualTo("denied");
    assertThat(numbers()).containsEntry("gatehouse.refusals[denied]", 1L);
  }

  @Test
  void aFetchOfAnUnknownLoginIsCounted() throws Exception {
    browser.open("/shop/gatehouse/request/canary");
    browser.open("/shop/gatehouse/request/canary");
    assertThat(numbers()).containsEntry("gatehouse.request_object.fetches[refused]", 2L);
    assertThat(log.ours()).filteredOn(it -> it.contains("matches no pending login")).hasSize(1);
  }

  @Test
  void refreshAndLogOutAreOfTheSameSession() throws Exception {
    logIn();
    clock.advance(Duration.ofMinutes(14));
    browser.open("/shop/orders");
    browser.send(
        FakeRequest.of("POST", "/shop/gatehouse/logout").header("Sec-Fetch-Site", "same-origin"));

    assertThat(audit())
        .extracting(it -> it.getString("event"))
        .containsExactly("login", "refresh", "logout");
    assertThat(audit())
        .extracting(it -> it.getString("session"))
        .containsOnly(audit().get(0).getString("session"));
    assertThat(audit().get(1).getString("outcome")).isEqualTo("renewed");
    assertThat(audit().get(2).getString("cause")).isEqualTo("logout");
    assertThat(numbers())
        .containsEntry("gatehouse.refreshes[renewed]", 1L)
        .containsEntry("gatehouse.logouts[logout]", 1L)
        .containsEntry("gatehouse.server.call.duration[revocation, 2xx]", 1L);
  }

  @Test
  void aFloodOfRefusalsDoesNotFillTheAuditLogAndIsCountedThere() throws Exception {
    for (int i = 0; i < LineBudget.BURST + 50; i++) {
      browser.comeBack("code=x&state=y");
    }
    assertThat(audit()).hasSize(LineBudget.BURST);
    clock.advance(Duration.ofSeconds(1));
    browser.comeBack("code=x&state=y");
    assertThat(audit().get(LineBudget.BURST).getInt("left_out")).isEqualTo(50);
    assertThat(numbers())
        .containsEntry("gatehouse.refusals[invalid-request]", LineBudget.BURST + 51L);
  }

  @Test
  void aFloodOfOneReasonHidesNoOtherInTheAuditLog() throws Exception {
    var redirect = browser.open("/shop/orders");
    for (int i = 0; i < LineBudget.BURST + 1; i++) {
      browser.comeBack("code=x&state=y");
    }
    browser.comeBack("error=access_denied&state=" + redirect.parameter("state"));
    assertThat(audit()).hasSize(LineBudget.BURST + 1);
    assertThat(audit().get(LineBudget.BURST).getString("reason")).isEqualTo("denied");
  }

  @Test
  void aLineHasNoControlsAndNeedsNoAddress() {
    var nowhere = Deployment.proxy(HttpServletRequest.class, (proxy, method, arguments) -> null);
    new AuditLog(Optional.empty(), "https://op.example", clock)
        .refusal(Optional.empty(), "expired", "a\n\u0085b\u2028c\u009bd", nowhere);
    assertThat(log.of(AuditLog.NAME)).hasSize(1);
    assertThat(log.of(AuditLog.NAME).get(0)).matches("[\\x20-\\x7E]+");
    assertThat(audit().get(0).getString("detail")).isEqualTo("a\n\u0085b\u2028c\u009bd");
    assertThat(audit().get(0).getString("client_address")).isEmpty();
  }

  @Test
  void whatIsKnownOfTheServerIsFetchedAgainBeforeItIsTooOld() throws Exception {
    logIn();
    clock.advance(Duration.ofMinutes(59));
    assertThat(keysAge()).isEqualTo(Duration.ofMinutes(59));
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 500 && keysAge().toMinutes() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(keysAge()).isZero();
  }

  private Duration keysAge() {
    return application.gatehouse().ages().keys().orElseThrow();
  }

  @Test
  void noObjectFetchedForLongIsTold() throws Exception {
    for (int i = 0; i < ObjectFetches.NOTICEABLE; i++) {
      new Browser(application).open("/shop/orders");
    }
    assertThat(log.ours()).noneMatch(it -> it.contains("cannot reach"));
    clock.advance(ObjectFetches.PAUSE);
    var redirect = new Browser(application).open("/shop/orders");
    assertThat(log.ours()).filteredOn(it -> it.contains("server cannot reach")).hasSize(1);
    assertThat(numbers())
        .containsEntry("gatehouse.request_object.unfetched[]", ObjectFetches.NOTICEABLE + 1);
    new Browser(application)
        .open(redirect.parameter("request_uri").replace("https://app.example", ""));
    assertThat(numbers()).containsEntry("gatehouse.request_object.unfetched[]", 0L);
  }

  @Test
  void nothingIsSeenWhereNobodyWatches() throws Exception {
    try (var unwatched =
        new Deployment(
            server.endpointsOf(ValidConfiguration.ofVerifier()).read(),
            clock,
            "/shop",
            Telemetry.NONE)) {
      var visitor = new Browser(unwatched);
      visitor.comeBack(server.answerTo(visitor.open("/shop/orders")));
      assertThat(numbers()).doesNotContainKey("gatehouse.login.begun[]");
      assertThat(audit()).hasSize(1);
    }
  }
}
