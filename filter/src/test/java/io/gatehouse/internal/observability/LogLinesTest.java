package io.gatehouse.internal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.Browser;
import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeAuthorizationServer;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.filter.FakeRequest;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log record is one short line of plain text, whoever wrote its content. */
class LogLinesTest {
  private static final String EVIL =
      "canary\r\n2026-01-01 SEVERE forged \u001b[2J\u0085\u2028\u0000";
  private static final String EVIL_ENCODED = "canary%0D%0A2026-01-01%20SEVERE%20forged%1B%5B2J%00";
  private static final String EVIL_JSON = "canary\\r\\n2026-01-01 SEVERE forged \\u001b[2J\\u0085";

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private Deployment application;
  private Browser browser;
  private final CapturedLog log = new CapturedLog();

  LogLinesTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application =
        new Deployment(server.endpointsOf(ValidConfiguration.ofVerifier()).read(), clock, "/shop");
    browser = new Browser(application);
  }

  @AfterEach
  void close() {
    log.close();
    application.close();
    server.close();
  }

  private String begin() throws Exception {
    return server.answerTo(browser.open("/shop/orders"));
  }

  /** Verifies at least one line, each of them printable, short, and without the input. */
  private void assertPlainLines() {
    assertThat(log.ours())
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches("[\\x20-\\x7E]{1,600}")
                    .doesNotContain("canary", "forged"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "User-Agent", "Referer", "Accept", "Origin", "X-Forwarded-For", "Cookie"})
  @Tag("case-89")
  void whateverABrowserSendsInAHeader(String header) throws Exception {
    browser.send(
        FakeRequest.navigation("/shop/gatehouse/callback?code=x&state=y").header(header, EVIL));
    browser.send(FakeRequest.of("POST", "/shop/gatehouse/logout").header(header, EVIL));
    assertPlainLines();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/gatehouse/callback?code=%s&state=%s",
        "/shop/gatehouse/callback?error=%s",
        "/shop/gatehouse/callback?error=%s&state=%s",
        "/shop/gatehouse/callback?iss=%s&code=%s",
        "/shop/gatehouse/callback?%s=%s",
        "/shop/a;%s?%s",
        "/shop/%%2e%%2e/%s"
      })
  @Tag("case-89")
  void whateverABrowserSendsInItsAddress(String target) throws Exception {
    var count = target.split("%s", -1).length - 1;
    var values = Collections.nCopies(count, EVIL_ENCODED).toArray();
    browser.send(FakeRequest.navigation(target.formatted(values)));
    assertPlainLines();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"%s\"}",
        "{\"error\":\"invalid_grant\",\"error_description\":\"%s\"}",
        "%s"
      })
  @Tag("case-89")
  void whateverTheServerAnswersToACodeOrARefresh(String body) throws Exception {
    assertThat(browser.comeBack(begin()).status()).isEqualTo(303);
    server.answersRefreshes(it -> Reply.status(400, body.formatted(EVIL_JSON)));
    server.answersTokenRequests(it -> Reply.status(400, body.formatted(EVIL_JSON)));
    clock.advance(Duration.ofMinutes(14));
    browser.open("/shop/orders");
    browser.keepSession(null);
    browser.comeBack(begin());
    assertThat(log.ours()).filteredOn(it -> it.contains("the token endpoint answers")).hasSize(2);
    assertPlainLines();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kid", "typ", "alg", "crit", "jku"})
  @Tag("case-89")
  void whateverStandsInTheHeaderOfAToken(String name) throws Exception {
    var token = RawJws.encoded("{\"alg\":\"ES256\",\"" + name + "\":\"" + EVIL_JSON + "\"}");
    var jws = token.replace("\\u0000", "") + "." + RawJws.encoded("{}") + ".AAAA";
    server.answersTokenRequests(
        it ->
            Reply.json(
                it.body().replaceFirst("\"id_token\":\"[^\"]+\"", "\"id_token\":\"" + jws + "\"")));
    assertThat(browser.comeBack(begin()).status()).isEqualTo(502);
    var told =
        application.answer(
            FakeRequest.of("POST", "/shop/gatehouse/backchannel-logout")
                .form("logout_token=" + jws));
    assertThat(told.status()).isEqualTo(400);
    assertThat(log.ours()).hasSize(2);
    assertPlainLines();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "sub", "nonce", "azp", "at_hash"})
  @Tag("case-89")
  void whateverStandsInAClaim(String claim) throws Exception {
    server.idTokens(
        it -> {
          it.put(claim, List.of(EVIL));
          return it;
        });
    assertThat(browser.comeBack(begin()).status()).isEqualTo(502);
    assertPlainLines();
  }

  /** The JDK quotes what is no HTTP in its exception. */
  @Test
  @Tag("case-89")
  void whateverTheServerAnswersThatIsNoHttp() throws Exception {
    assertThat(browser.comeBack(begin()).status()).isEqualTo(303);
    var session = browser.session();
    try (var nonsense = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var answering = new Thread(() -> answerNonsense(nonsense));
      answering.setDaemon(true);
      answering.start();
      application.close();
      application =
          new Deployment(
              server
                  .endpointsOf(ValidConfiguration.ofVerifier())
                  .with(Property.ENDPOINTS_TOKEN, "http://127.0.0.1:" + nonsense.getLocalPort())
                  .read(),
              clock,
              "/shop");
      browser = new Browser(application);
      browser.keepSession(session);
      clock.advance(Duration.ofMinutes(14));
      assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
    }
    assertThat(log.ours())
        .anyMatch(it -> it.contains("tokens could not be renewed"))
        .allMatch(it -> it.matches("[\\x20-\\x7E]{1,600}"))
        .noneMatch(it -> it.contains("forged"));
  }

  private static void answerNonsense(ServerSocket listening) {
    try (var connection = listening.accept()) {
      connection.getInputStream().read(new byte[65_536]);
      var line = "HTTP/1.1 \u001b[2J forged\u0000" + "x".repeat(5_000) + "\r\n\r\n";
      connection.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      // the test has ended
    }
  }

  @Test
  @Tag("case-48")
  void aServerThatDoesNotKnowThisClientIsAWarningAndAUsersFaultIsNone() throws Exception {
    server.answersTokenRequests(it -> Reply.status(401, "{\"error\":\"invalid_client\"}"));
    browser.comeBack(begin());
    server.answersTokenRequests(it -> Reply.status(400, "{\"error\":\"invalid_grant\"}"));
    browser.comeBack(begin());
    assertThat(log.ours()).hasSize(2);
    assertThat(log.ours().get(0)).startsWith("WARNING ").contains("401 invalid_client");
    assertThat(log.ours().get(1)).startsWith("INFO ").contains("400 invalid_grant");
  }
}
