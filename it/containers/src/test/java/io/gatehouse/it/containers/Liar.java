package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Approvals;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.Refusal;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.Deployed;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** An application whose authorization server lies, and its logins, which have to be refused. */
final class Liar implements AutoCloseable {
  /** The deadline of a call to the authorization server. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration AT_ONCE = Duration.ofMillis(3_500);

  private final LyingServer server;
  private final Application application;
  private final ContainerWitness witness;

  Liar(LyingServer server, Application application) {
    this.server = server;
    this.application = application;
    this.witness = ContainerWitness.of(server, application);
  }

  LyingServer server() {
    return server;
  }

  ContainerWitness witness() {
    return witness;
  }

  /** Returns the application that logs in at the lying server. */
  Deployed deployed(Map<String, String> more) {
    var settings = new HashMap<>(more);
    settings.put("gatehouse.issuer", server.issuer());
    settings.put("gatehouse.id-token.issuer", server.issuer());
    settings.putIfAbsent("gatehouse.warm-up", "false"); // the lies begin after the start
    settings.putIfAbsent("gatehouse.http.timeout", TIMEOUT.toMillis() + "ms");
    settings.putIfAbsent("gatehouse.http.connect-timeout", "500ms");
    return application.deployed(application.war(settings));
  }

  String clientId() {
    return application.clientId();
  }

  /** Begins a login, and returns its callback, which the authorization server has approved. */
  URI begin(Browser browser) {
    var redirect = browser.get(witness.page());
    assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
    return Browser.location(browser.get(Browser.location(redirect)));
  }

  /** Performs a whole login while the authorization server answers correctly. */
  void logIn(Browser browser) {
    server.beHonest();
    var page = browser.open(witness.page());
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body()).contains("subject " + Approvals.CANARY);
  }

  /**
   * Verifies that the valid login passes and the login with the lie is refused, also over a
   * session.
   */
  void assertRefused(Lie lie) {
    var browser = new Browser();
    var callback = begin(browser);
    logIn(browser);
    refuse(lie, browser, callback);
    if (!lie.slow()) {
      var another = new Browser();
      refuse(lie, another, begin(another));
    }
  }

  private void refuse(Lie lie, Browser browser, URI callback) {
    lie.told().accept(server);
    Refusal.expected(witness, lie.status(), lie.reason())
        .calls("token", 1)
        .within(lie.slow() ? TIMEOUT.multipliedBy(3) : AT_ONCE)
        .of(browser, callback);
    server.beHonest();
    assertThat(browser.open(witness.page()).statusCode()).as("the login after it").isEqualTo(200);
    assertGivenUp();
  }

  private void assertGivenUp() {
    var end = Instant.now().plusSeconds(3);
    while (server.openConnections() > 0 && Instant.now().isBefore(end)) {
      ServerProcess.pause();
    }
    assertThat(server.openConnections()).as("connections that nobody waits for").isZero();
  }

  /** Verifies that the login succeeds although the authorization server gives this answer. */
  HttpResponse<String> assertAccepted(Lie lie) {
    var browser = new Browser();
    var callback = begin(browser);
    lie.told().accept(server);
    var answer = browser.get(callback);
    server.beHonest();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(browser.get(witness.page()).statusCode()).isEqualTo(200);
    return answer;
  }

  @Override
  public void close() {
    server.close();
  }
}
