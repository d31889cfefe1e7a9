package io.gatehouse.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The properties of every refused request, whatever is wrong with it: the application does not see
 * the request, no user is logged in by it, an existing session continues, the authorization server
 * is called as often as stated, the answer repeats nothing of the input, and the log has the
 * reason, once, without secrets.
 */
public final class Refusal {
  // The audit log names the user of a successful login, and no other place does.
  private static final Pattern AUDITED_USER =
      Pattern.compile(
          "(\"event\":\"(?:login|refresh|logout)\",\"issuer\":\"[^\"]*\",\"sub\":)\"[^\"]*\"");
  private static final String SESSION = "JSESSIONID";
  private static final Duration MAX_LOG_TIME = Duration.ofSeconds(5);
  private static final int SHORTEST_SECRET = 8;

  // The line of a refusal: the id that the page also has, the kind of problem, the reason.
  private static final Pattern LINE =
      Pattern.compile("\\[([a-z2-9]{10})] GH[0-9]{3} ([a-z-]+: .*)");
  private static final Pattern ID =
      Pattern.compile("<code>([a-z2-9]{10})</code>|urn:gatehouse:incident:([a-z2-9]{10})");

  private final Witness witness;
  private final int status;
  private final String reason;
  private final Map<String, Integer> calls = new TreeMap<>();
  private final Set<String> secrets = new HashSet<>();
  private Duration within = Duration.ofSeconds(5);

  private Refusal(Witness witness, int status, String reason) {
    this.witness = witness;
    this.status = status;
    this.reason = reason;
  }

  /**
   * Expects this status and, in the log, a line with this reason.
   *
   * @param reason a part of the line; none for a refusal that is not logged
   */
  public static Refusal expected(Witness witness, int status, String reason) {
    return new Refusal(witness, status, reason);
  }

  /**
   * Expects this number of calls of this endpoint of the authorization server, and of no other that
   * is not stated.
   */
  public Refusal calls(String endpoint, int times) {
    calls.put(endpoint, times);
    return this;
  }

  /** Expects this text neither in a log nor in the answer. */
  public Refusal secret(String text) {
    secrets.add(text);
    return this;
  }

  /** Expects the answer within this time. */
  public Refusal within(Duration time) {
    within = time;
    return this;
  }

  /** Opens the address, and verifies the refusal. */
  public HttpResponse<String> of(Browser browser, URI address) {
    return of(browser, "GET", address, "");
  }

  /** Sends the request, and verifies the refusal. */
  public HttpResponse<String> of(Browser browser, String method, URI address, String form) {
    secrets.addAll(inputs(browser, address, form));
    var session = String.valueOf(browser.cookies(address).get(SESSION));
    var hadSession =
        browser.cookies(address).containsKey(SESSION)
            && browser.get(witness.page()).statusCode() == 200;
    var visits = witness.visits();
    var callsBefore = witness.calls();
    var logs = witness.logs().now();
    var begun = Instant.now();

    var answer = browser.send(method, address, form);

    var took = Duration.between(begun, Instant.now());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(took).isLessThan(within);
    assertSafe(answer);
    assertThat(madeSince(callsBefore)).as("calls to the server").isEqualTo(calls);
    assertLogged(answer, logs);
    assertThat(witness.visits()).as("requests that reach the application").isEqualTo(visits);
    assertThat(String.valueOf(browser.cookies(address).get(SESSION)))
        .as("the session cookie")
        .isEqualTo(session);
    assertThat(browser.get(witness.page()).statusCode() == 200)
        .as("whether somebody is logged in")
        .isEqualTo(hadSession);
    return answer;
  }

  private static Set<String> inputs(Browser browser, URI address, String form) {
    var inputs = new HashSet<>(browser.cookies(address).values());
    var query = String.valueOf(address.getRawQuery());
    for (var pair : (query + "&" + form).split("&", -1)) {
      var value = pair.substring(pair.indexOf('=') + 1);
      if (!pair.startsWith("iss=")) { // not a secret: the log names the authorization server
        inputs.add(value);
        inputs.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    inputs.removeIf(it -> it.length() < SHORTEST_SECRET);
    return inputs;
  }

  private void assertSafe(HttpResponse<String> answer) {
    Refused.assertSafe(answer);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .as("no session")
        .noneMatch(it -> it.startsWith(SESSION));
    var all = answer.headers().map() + answer.body();
    assertThat(all).doesNotContain("Exception", "\tat ", "Caused by", "jose4j");
    assertThat(secrets).as("what the answer repeats").noneMatch(all::contains);
    assertThat(witness.secrets()).as("what the answer repeats").noneMatch(all::contains);
  }

  private Map<String, Integer> madeSince(Map<String, Integer> before) {
    var made = new TreeMap<String, Integer>();
    witness
        .calls()
        .forEach(
            (endpoint, count) -> {
              var more = count - before.getOrDefault(endpoint, 0);
              if (more != 0) {
                made.put(endpoint, more);
              }
            });
    return made;
  }

  private void assertLogged(HttpResponse<String> answer, LogFiles.Since logs) {
    if (!reason.isEmpty()) {
      var id = ID.matcher(answer.body());
      assertThat(id.find()).as("an id in " + answer.body()).isTrue();
      var shown = id.group(1) == null ? id.group(2) : id.group(1);
      var lines = refusals(logs);
      var end = Instant.now().plus(MAX_LOG_TIME);
      while (!lines.containsKey(shown) && Instant.now().isBefore(end)) {
        awaitLog();
        lines = refusals(logs);
      }
      assertThat(lines).as("the one line of this refusal").containsOnlyKeys(shown);
      assertThat(lines.get(shown)).contains(reason);
    }
    secrets.addAll(witness.secrets());
    for (var text : logs.texts()) {
      var rest = AUDITED_USER.matcher(text).replaceAll("$1");
      assertThat(secrets).as("what is in a log").noneMatch(rest::contains);
    }
  }

  // Some containers write their logs a moment later.
  private static void awaitLog() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The lines of refusals by their id; a container may write a line to several files, but once to
   * each.
   */
  private static Map<String, String> refusals(LogFiles.Since logs) {
    var lines = new HashMap<String, String>();
    for (var text : logs.texts()) {
      var ofFile = new ArrayList<String>();
      var line = LINE.matcher(text);
      while (line.find()) {
        ofFile.add(line.group(1));
        lines.put(line.group(1), line.group(2));
      }
      assertThat(ofFile).as("each refusal once").doesNotHaveDuplicates();
    }
    return lines;
  }
}
