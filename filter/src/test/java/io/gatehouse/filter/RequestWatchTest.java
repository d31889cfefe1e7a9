package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.AuditLog;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.observability.OpenTelemetrySignals;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests that the listener refuses before the filters, and those that it notices after. */
@Tag("case-102")
class RequestWatchTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final CapturedLog log = new CapturedLog();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .build();
  private final Deployment application =
      new Deployment(
          ValidConfiguration.ofVerifier().read(), clock, "/shop", new OpenTelemetrySignals(sdk));
  private final FilterRegistry registry =
      new FilterRegistry(Map.of("gatehouse", application.gatehouse()));
  private final RequestWatch watch =
      new RequestWatch(registry, Optional.of(application.gatehouse()));

  RequestWatchTest() throws Exception {}

  @AfterEach
  void close() {
    log.close();
    application.close();
    sdk.close();
  }

  private static ServletRequestEvent event(FakeRequest request) {
    var context = Deployment.proxy(ServletContext.class, (proxy, method, arguments) -> null);
    return new ServletRequestEvent(context, request.http());
  }

  private long unguarded() {
    application.gatehouse().firstRequest();
    return metrics.collectAllMetrics().stream()
        .filter(it -> it.getName().equals("gatehouse.requests.unguarded"))
        .flatMap(it -> it.getLongSumData().getPoints().stream())
        .mapToLong(it -> it.getValue())
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"xorders,", "'',xorders/page.html", "orders,/x", "*,"})
  void refusesAPathThatNoFilterIsMappedTo(String servletPath, @Nullable String pathInfo) {
    var request = FakeRequest.get("/shop/../xxxxxorders").decodedAs(servletPath, pathInfo);

    assertThatThrownBy(() -> watch.requestInitialized(event(request)))
        .isInstanceOf(RefusedPathException.class)
        .hasMessageNotContaining("orders")
        .hasNoCause();
    watch.requestDestroyed(event(request));
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void aContainerThatGoesOnAllTheSameIsStoppedByTheFilter() throws Exception {
    var request = FakeRequest.get("/shop/about").decodedAs("about", null);
    assertThatThrownBy(() -> watch.requestInitialized(event(request)))
        .isInstanceOf(RefusedPathException.class);
    assertThat(application.answer(request.decodedAs("/about", null)).status()).isEqualTo(400);
    assertThat(application.reached()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/orders,", "'',/orders", "'',", "/svc,/x", "/svc,''"})
  void letsEveryPathOfTheApplicationOnToTheFilters(String servletPath, @Nullable String pathInfo) {
    assertThatCode(
            () ->
                watch.requestInitialized(
                    event(FakeRequest.get("/shop/x").decodedAs(servletPath, pathInfo))))
        .doesNotThrowAnyException();
  }

  @Test
  void aRequestThatNoFilterHasJudgedIsLoggedCountedAndAudited() {
    application.gatehouse().firstRequest();
    var canary = FakeRequest.get("/shop/ws/canary").servedBy("sockets");
    watch.requestDestroyed(event(canary.header("Upgrade", "canary")));

    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0))
        .startsWith("WARNING GH402 a request went past the Gatehouse filter: GET over HTTP/1.1,")
        .contains("servlet sockets", "with an Upgrade header")
        .doesNotContain("canary");
    assertThat(log.of(AuditLog.NAME)).hasSize(1);
    assertThat(log.of(AuditLog.NAME).get(0))
        .contains("\"event\":\"unguarded\"", "servlet sockets", "\"client_address\":\"127.0.0.1\"")
        .doesNotContain("canary");
    assertThat(unguarded()).isEqualTo(1);
  }

  @Test
  void aFloodIsOneWarningAMinuteAndCountedWhole() {
    application.gatehouse().firstRequest();
    for (int i = 0; i < 1000; i++) {
      watch.requestDestroyed(event(FakeRequest.get("/shop/ws")));
    }
    assertThat(log.ours()).hasSize(1);
    assertThat(log.of(AuditLog.NAME)).hasSize(200);
    assertThat(unguarded()).isEqualTo(1000);

    clock.advance(Duration.ofMinutes(1));
    watch.requestDestroyed(event(FakeRequest.get("/shop/ws")));
    assertThat(log.ours()).hasSize(2);
  }

  @Test
  void aJudgedRequestIsNothingToTell() throws Exception {
    var request = FakeRequest.get("/shop/orders").header("Accept", "application/json");
    application.answer(request);
    watch.requestDestroyed(event(request));
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void aTraceThatTheContainerRefusesIsNothingToTell() {
    watch.requestDestroyed(event(FakeRequest.of("TRACE", "/shop/orders")));
    assertThat(log.ours()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/web-inf",
        "/x../WEB-INF/x",
        "/..x/y/WEB-INF",
        "/",
        ""
      })
  void whatNoContainerServesIsNothingToTell(String path) {
    watch.requestDestroyed(event(FakeRequest.get("/shop").decodedAs(path, null)));
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void aRedirectToADirectoryBeforeTheFiltersIsNothingToTell() {
    var context =
        Deployment.proxy(
            ServletContext.class,
            (proxy, method, arguments) ->
                arguments[0].equals("/dir/") || arguments[0].equals("dir/")
                    ? Set.of("/dir/index.html")
                    : Set.of());
    watch.requestDestroyed(
        event(FakeRequest.get("/shop/dir").decodedAs("/dir", null).inside(context)));
    watch.requestDestroyed(
        event(FakeRequest.get("/shop/dir").context("/shop").decodedAs("/dir/index.html", null)));
    assertThat(log.ours()).isEmpty();
    watch.requestDestroyed(
        event(FakeRequest.get("/shop/file").decodedAs("/file", null).inside(context)));
    assertThat(log.ours()).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    watch.requestDestroyed(
        event(FakeRequest.get("/shop/../xdir").decodedAs("dir", null).inside(context)));
    assertThat(log.ours()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/dir/., /dir/index.html, 0",
    "/shop/dir/%2E, /dir/, 0",
    "/shop/secret/.., /index.html, 0",
    "/shop/secret/%2e%2e;%2fx, /index.html, 0",
    "/shop/secret/..., /secret/..., 1",
    "/shop/.secret, /secret, 1",
    "/shop/secret;/..x, /secret, 1",
    "/shop/ws/.., /ws/x, 1",
    "/shop/x../WEB-INFO/x, /x../WEB-INFO/x, 1",
    "/shop/x./WEB-INF/x, /x./WEB-INF/x, 1"
  })
  void aPathThatEndsWithDotsIsThatOfADirectoryWithoutItsSlash(
      String uri, String mapped, int warnings) {
    var context =
        Deployment.proxy(
            ServletContext.class,
            (proxy, method, arguments) ->
                Set.of("/", "/dir/").contains(arguments[0]) ? Set.of("/x") : Set.of());
    watch.requestDestroyed(
        event(FakeRequest.get(uri).context("/shop").decodedAs(mapped, null).inside(context)));
    assertThat(log.ours()).hasSize(warnings);
  }

  @Test
  void aWebSocketOverHttp2IsToldOfUnlessTheContainerHasClearedItsAttributes() {
    var cleared = FakeRequest.of("CONNECT", "/shop/ws");
    watch.requestDestroyed(event(cleared));
    assertThat(log.ours()).isEmpty();

    var kept = FakeRequest.of("CONNECT", "/shop/ws");
    watch.requestInitialized(event(kept));
    watch.requestDestroyed(event(kept));
    assertThat(log.ours()).hasSize(1);
  }

  @Test
  void aWebSocketOverHttp2WhoseMarkIsClearedFirstIsNotToldOf() {
    var passed = FakeRequest.of("CONNECT", "/shop/ws");
    watch.requestInitialized(event(passed));
    RequestWatch.pass(passed.http());
    watch.requestDestroyed(event(passed));
    assertThat(log.ours()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 499})
  void whatTheContainerRefusesBeforeTheFiltersIsNothingToTell(int status) {
    watch.requestDestroyed(
        event(FakeRequest.get("/shop/x").attribute(RequestDispatcher.ERROR_STATUS_CODE, status)));
    assertThat(log.ours()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {399, 500})
  void anErrorOfTheApplicationIsStillToldOf(int status) {
    watch.requestDestroyed(
        event(FakeRequest.get("/shop/x").attribute(RequestDispatcher.ERROR_STATUS_CODE, status)));
    assertThat(log.ours()).hasSize(1);
  }

  @Test
  void whatAFilterInFrontAnswersWhereThatIsMeantIsNothingToTell() throws Exception {
    var request = FakeRequest.get("/shop/x");
    new FrontFilter().doFilter(request.http(), new FakeResponse().http(), (passed, to) -> {});
    watch.requestDestroyed(event(request));
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void anApplicationThatIsGuardedInPartIsNotWatched() {
    var part = new RequestWatch(registry, Optional.empty());
    part.requestDestroyed(event(FakeRequest.get("/shop/open")));
    assertThat(log.ours()).isEmpty();
  }
}
