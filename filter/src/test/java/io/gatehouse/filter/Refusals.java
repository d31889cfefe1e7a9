package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies the properties of every refusal, whatever its reason; docs/security-cases.md lists them.
 */
public final class Refusals implements AutoCloseable {
  private static final Pattern EVENT =
      Pattern.compile("[A-Z]+ (?:\\[([a-z0-9]{10})] GH[0-9]{3} )?[a-z-]+: [^ ].*");
  private static final int SHORTEST_INPUT = 6; // of what would not stand in a page by chance

  private final CapturedLog log = new CapturedLog();
  private final AdjustableClock clock;

  public Refusals(AdjustableClock clock) {
    this.clock = clock;
  }

  /** The browser's last request was refused, and the log says once why. */
  public void assertRefused(Browser browser, FakeResponse response, int status)
      throws IOException, ServletException {
    assertThat(browser.last().response()).isSameAs(response);
    assertThat(response.status()).isEqualTo(status);
    assertNothingHappened(browser);
    var events = log.ours().stream().map(EVENT::matcher).filter(Matcher::matches).toList();
    assertThat(events).as(log.ours().toString()).hasSize(1);
    var event = events.get(0);
    Optional.ofNullable(event.group(1)).ifPresent(it -> assertThat(response.body()).contains(it));
    assertNothingIsRepeated(browser.last());
    assertASessionSurvives(browser);
    log.clear();
  }

  /**
   * Verifies that the browser's last request was answered with 401 for a login, which is not
   * logged.
   */
  void assertLoginNeeded(Browser browser, FakeResponse response)
      throws IOException, ServletException {
    assertThat(browser.last().response()).isSameAs(response);
    assertThat(response.status()).isEqualTo(401);
    assertNothingHappened(browser);
    assertThat(response.cookies()).isEmpty();
    assertThat(log.ours()).isEmpty();
    assertNothingIsRepeated(browser.last());
    assertASessionSurvives(browser);
    log.clear();
  }

  // FakeRequest also verifies that no session is created without a login.
  private static void assertNothingHappened(Browser browser) {
    var response = browser.last().response();
    assertThat(browser.application().reached()).as("the application").isEmpty();
    assertThat(Optional.ofNullable(browser.session())).isEqualTo(browser.last().session());
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.headers()).doesNotContainKey("Location");
    assertThat(response.cookies()).allSatisfy(it -> assertThat(it.getValue()).isEmpty());
    assertThat(response.body()).doesNotContain("Exception", "\tat ", "canary");
  }

  private void assertNothingIsRepeated(Browser.Exchange exchange) {
    var input = ofSomeLength(exchange.request().input());
    input.addAll(ofSomeLength(List.copyOf(exchange.cookies().values())));
    var answer = exchange.response().body() + exchange.response().headers();
    assertThat(input).noneMatch(answer::contains);
    // An error of the server's is for the log, cut and cleaned; it is neither secret nor a page's.
    input.removeIf(it -> exchange.request().isErrorOfServer(it));
    input.add("canary-");
    assertThat(log.everything())
        .allSatisfy(line -> assertThat(input).as(line).noneMatch(line::contains));
  }

  private static Set<String> ofSomeLength(List<String> values) {
    var input = new LinkedHashSet<>(values);
    input.removeIf(it -> it.length() < SHORTEST_INPUT || it.contains("/"));
    return input;
  }

  private void assertASessionSurvives(Browser browser) throws IOException, ServletException {
    var application = browser.application();
    var session = application.sessionOfUser(clock);
    var user = new Browser(application);
    user.cookies().putAll(browser.last().cookies());
    user.keepSession(session);

    user.send(browser.last().request().copy());

    application.reached().clear();
    assertThat(user.session()).as("the session of a user").isSameAs(session);
    assertThat(user.open("/shop/orders").status()).isEqualTo(200);
    assertThat(application.reached().get(0).getRemoteUser()).isEqualTo(LoggedIn.SUBJECT);
    application.reached().clear();
  }

  /** An action of a test. */
  public interface Action {
    void run() throws Exception;
  }

  /** Runs what would log more than memory holds. */
  public void silently(Action action) throws Exception {
    log.pause();
    try {
      action.run();
    } finally {
      log.resume();
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
