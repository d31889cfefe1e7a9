package io.gatehouse.internal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.Browser;
import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeAuthorizationServer;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logins and refreshes whose telemetry fails, as OpenTelemetry does with an API that is too old.
 */
@Tag("case-101")
class HarmlessTelemetryTest {
  private static Telemetry failing(boolean atOnce) {
    var step =
        Deployment.proxy(
            Telemetry.Step.class,
            (proxy, method, arguments) -> {
              throw new IllegalStateException("canary");
            });
    return Deployment.proxy(
        Telemetry.class,
        (proxy, method, arguments) -> {
          if (!atOnce && method.getName().equals("step")) {
            return step;
          }
          throw new NoSuchMethodError("canary");
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void costsNoLoginAndNoRefresh(boolean atOnce) throws Exception {
    var clock = new AdjustableClock();
    try (var log = new CapturedLog();
        var server = new FakeAuthorizationServer(clock);
        var application =
            new Deployment(
                server.endpointsOf(ValidConfiguration.ofVerifier()).read(),
                clock,
                "/shop",
                HarmlessTelemetry.of(failing(atOnce), clock))) {
      var browser = new Browser(application);
      var page = browser.comeBack(server.answerTo(browser.open("/shop/orders")));
      assertThat(page.status()).isEqualTo(303);
      clock.advance(Duration.ofMinutes(14));
      browser.open("/shop/orders");
      assertThat(application.reached()).hasSize(1);
      browser.comeBack("error=access_denied&state=unknown");
      assertThat(log.of(AuditLog.NAME)).anyMatch(it -> it.contains("\"renewed\""));
      assertThat(log.ours())
          .filteredOn(it -> it.contains("OpenTelemetry fails"))
          .as("at the start, and after the first minute")
          .hasSize(2);
      assertThat(log.everything()).noneMatch(it -> it.contains("canary"));
    }
  }
}
