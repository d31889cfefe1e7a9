package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.server.Relay;
import io.gatehouse.internal.server.Relay.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logins and refreshes over a network that forgets idle connections without a word. */
@Timeout(60)
class ForgettingNetworkTest {
  private static final String PAGE = "/shop/orders";

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Relay network;
  private final Deployment application;

  ForgettingNetworkTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    network = Relay.to(Integer.parseInt(server.origin().replaceFirst(".*:", "")));
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.ENDPOINTS_TOKEN, network.origin() + "/token")
                .with(Property.ENDPOINTS_JWKS, network.origin() + "/jwks")
                .with(Property.HTTP_TIMEOUT, "5s")
                .read(),
            clock,
            "/shop");
  }

  @AfterEach
  void close() throws Exception {
    application.close();
    network.close();
    server.close();
  }

  private int login() throws Exception {
    var browser = new Browser(application);
    return browser.comeBack(server.answerTo(browser.open(PAGE))).status();
  }

  /** Logs six users in at once, each over a connection of its own. */
  private void sixLogins() throws Exception {
    var slow = new Trouble[6];
    Arrays.fill(slow, Trouble.DELAYS);
    network.next(slow);
    var callbacks = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < 6; i++) {
      var browser = new Browser(application);
      var answer = server.answerTo(browser.open(PAGE));
      callbacks.add(() -> browser.comeBack(answer).status());
    }
    var threads = Executors.newFixedThreadPool(6);
    try {
      for (var one : threads.invokeAll(callbacks)) {
        assertThat(one.get()).isEqualTo(303);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(network.connections()).isGreaterThanOrEqualTo(6);
  }

  @Test
  @Tag("case-82")
  @Tag("case-85")
  void sixForgottenConnectionsCostNoLoginAndOpenNoCircuit() throws Exception {
    assertThat(login()).isEqualTo(303);
    sixLogins();
    network.forget();
    var statuses = new ArrayList<Integer>();
    for (var i = 0; i < 8; i++) {
      statuses.add(login());
    }
    assertThat(statuses).containsOnly(303);
  }

  @Test
  @Tag("case-71")
  void aRefreshAfterAPauseKeepsTheSession() throws Exception {
    var browser = new Browser(application);
    assertThat(browser.comeBack(server.answerTo(browser.open(PAGE))).status()).isEqualTo(303);
    for (var i = 1; i <= 3; i++) {
      network.forget();
      clock.advance(Duration.ofMinutes(14));
      assertThat(browser.open(PAGE).status()).isEqualTo(200);
      assertThat(server.refreshes()).isEqualTo(i);
    }
  }
}
