package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Approvals;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.LogFiles;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.Refusal;
import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application at a server that lies, and log-ins at it that have to be refused. */
final class Liar implements AutoCloseable {
  /** The deadline of a call to the server. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Duration AT_ONCE = Duration.ofMillis(3_500);

  private final LyingServer server;
  private final String context;
  private final ContainerWitness witness;

  Liar(LyingServer server) {
    this(server, Application.CONTEXT);
  }

  /** One whose application is at another context. */
  Liar(LyingServer server, String context) {
    this.context = context;
    this.server = server;
    this.witness = ContainerWitness.of(server, context);
  }

  LyingServer server() {
    return server;
  }

  ContainerWitness witness() {
    return witness;
  }

  /** The application that logs in at it. */
  WebArchive application(Map<String, String> more) {
    var settings = new HashMap<>(more);
    settings.put("gatehouse.issuer", server.issuer());
    settings.put("gatehouse.id-token.issuer", server.issuer());
    settings.putIfAbsent("gatehouse.http.timeout", TIMEOUT.toMillis() + "ms");
    settings.putIfAbsent("gatehouse.http.connect-timeout", "500ms");
    return Application.archive("bare.war", context, settings);
  }

  /** The callback of a log-in that was begun, and approved by the server. */
  URI begin(Browser browser) {
    var redirect = browser.get(witness.page());
    assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(302);
    return Browser.location(browser.get(Browser.location(redirect)));
  }

  /** A whole log-in while the server tells the truth. */
  void logIn(Browser browser) {
    server.beHonest();
    var page = browser.open(witness.page());
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body()).contains("subject " + Approvals.CANARY);
  }

  /** The valid log-in passes, and the one with the lie does not: not over a session either. */
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
    assertThat(browser.open(witness.page()).statusCode()).as("the log-in after it").isEqualTo(200);
    assertGivenUp();
  }

  private void assertGivenUp() {
    var end = Instant.now().plusSeconds(3);
    while (server.openConnections() > 0 && Instant.now().isBefore(end)) {
      ServerProcess.pause();
    }
    assertThat(server.openConnections()).as("connections that nobody waits for").isZero();
  }

  /** The log-in succeeds though the server answers so. */
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

  /** What Gatehouse and its library log at the finest level is in the files that are looked at. */
  void assertLogsAreFinest() {
    var logs = witness.logs().now();
    new Browser().get(Application.page("/open/log?text=hear-me"));
    var end = Instant.now().plusSeconds(5);
    while (!heard(logs) && Instant.now().isBefore(end)) {
      ServerProcess.pause();
    }
    assertThat(heard(logs)).as("both lines in " + logs.texts()).isTrue();
  }

  private static boolean heard(LogFiles.Since logs) {
    var text = String.join("\n", logs.texts());
    return text.contains("as Gatehouse: hear-me") && text.contains("as jose4j: hear-me");
  }

  @Override
  public void close() {
    server.close();
  }
}
