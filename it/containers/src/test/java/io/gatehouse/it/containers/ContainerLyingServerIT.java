package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.BrokenAnswers;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.Certificates;
import io.gatehouse.it.servers.JwtDraft;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.RawAnswer;
import io.gatehouse.it.servers.Refusal;
import io.gatehouse.it.servers.ServerProcess;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the server says of itself: metadata, keys and certificate. They are kept, so each test has
 * the application started anew.
 */
@ExtendWith({LoginServer.Start.class, ArquillianExtension.class})
class ContainerLyingServerIT {
  private static final String PLAIN = "plain";
  private static final String SECURE = "secure";
  private static final Certificates CERTIFICATES =
      Certificates.create(ServerProcess.directory().resolveSibling("it"));
  private static final Liar LIAR = new Liar(LyingServer.start(), PLAIN);
  private static final Liar SECURE_LIAR = new Liar(LyingServer.start(CERTIFICATES.right()), SECURE);

  @Deployment(name = PLAIN, managed = false, testable = false)
  static WebArchive plain() {
    return LIAR.application(Map.of());
  }

  @Deployment(name = SECURE, managed = false, testable = false)
  static WebArchive secure() {
    return SECURE_LIAR.application(
        Map.of(
            // The JDK counts the handshake in, which takes its time on a busy machine.
            "gatehouse.http.connect-timeout",
            "20s",
            "gatehouse.http.timeout",
            "20s",
            "gatehouse.http.truststore",
            CERTIFICATES.trustStore(),
            "gatehouse.http.truststore-password",
            Certificates.PASSWORD));
  }

  @AfterEach
  void beHonest() {
    LIAR.server().beHonest();
  }

  @AfterAll
  static void close() {
    LIAR.close();
    SECURE_LIAR.close();
  }

  private static Lie metadata(String name, Supplier<RawAnswer> answer, int status, String reason) {
    return new Lie(
        name, it -> it.answer(LyingServer.Endpoint.DISCOVERY, answer.get()), status, reason, false);
  }

  static Stream<Lie> metadata() {
    var server = LIAR.server();
    var elsewhere = "http://127.0.0.1:1";
    return Stream.of(
        metadata(
            "another issuer",
            () -> RawAnswer.json(server.metadata(elsewhere, server.issuer())),
            500,
            "misconfigured: the metadata names another issuer"),
        metadata(
            "endpoints of another origin",
            () -> RawAnswer.json(server.metadata(server.issuer(), elsewhere)),
            500,
            "misconfigured: authorization_endpoint is on another origin"),
        metadata(
            "the token endpoint of another origin",
            () ->
                RawAnswer.json(
                    server.metadata().replace(server.issuer() + "/token", elsewhere + "/token")),
            500,
            "misconfigured: token_endpoint is on another origin"),
        metadata(
            "a redirect",
            () -> RawAnswer.redirect(302, server.issuer() + "/trap"),
            503,
            "answers with status 302"),
        metadata(
            "a captive portal",
            () -> RawAnswer.whole(200, "text/html", RawAnswer.ascii("<html>canary")),
            502,
            "the server's metadata is not one JSON object"),
        metadata(
            "5 MiB", () -> BrokenAnswers.longBody(5, false), 502, "answers with more than 1 MiB"),
        metadata("silence", BrokenAnswers::silence, 503, "no whole answer within"));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-48")
  @Tag("case-62")
  @Tag("case-78")
  @Tag("case-84")
  void metadata(Lie lie, @ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, PLAIN)) {
      lie.told().accept(LIAR.server());
      Refusal.expected(LIAR.witness(), lie.status(), lie.reason())
          .calls("discovery", 1)
          .of(new Browser(), attempt.page("/who"));
    }
  }

  private static Lie keys(String name, Supplier<RawAnswer> answer, int status, String reason) {
    return new Lie(
        name, it -> it.answer(LyingServer.Endpoint.JWKS, answer.get()), status, reason, false);
  }

  private static String jwks(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  static Stream<Lie> keys() {
    var server = LIAR.server();
    var none = "the JWKS has no key that could verify a signature";
    return Stream.of(
        keys(
            "10,000 keys",
            () -> RawAnswer.json(jwks(Collections.nCopies(10_000, "{}").toArray(String[]::new))),
            502,
            "the JWKS has more than 100 keys"),
        keys("5 MiB", () -> BrokenAnswers.longBody(5, true), 502, "answers with more than 1 MiB"),
        keys(
            "keys for encryption",
            () -> RawAnswer.json(jwks(server.key().jwk("\"kid\":\"new\",\"use\":\"enc\","))),
            502,
            none),
        keys(
            "a redirect",
            () -> RawAnswer.redirect(307, server.issuer() + "/trap"),
            503,
            "jwks_uri answers with status 307"),
        keys("silence", BrokenAnswers::silence, 503, "no whole answer within"));
  }

  /** The new keys are refused, and those from before are kept. */
  @ParameterizedTest
  @MethodSource
  @Tag("case-48")
  @Tag("case-59")
  @Tag("case-81")
  @Tag("case-86")
  void keys(Lie lie, @ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, PLAIN)) {
      LIAR.logIn(new Browser());
      var browser = new Browser();
      var callback = LIAR.begin(browser);
      LIAR.server().idToken(it -> it.header("kid", "\"new\"").signed());
      lie.told().accept(LIAR.server());

      Refusal.expected(LIAR.witness(), lie.status(), lie.reason())
          .calls("token", 1)
          .calls("jwks", 1)
          .of(browser, callback);

      LIAR.server().idToken(JwtDraft::signed);
      assertThat(browser.open(attempt.page("/who")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Tag("case-58")
  @Tag("case-81")
  void aFloodOfKidsHasTheKeysFetchedOnce(@ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, PLAIN)) {
      LIAR.logIn(new Browser());
      var before = LIAR.server().calls();
      var kids = new AtomicInteger();
      LIAR.server()
          .idToken(it -> it.header("kid", "\"canary-" + kids.incrementAndGet() + "\"").signed());

      for (int i = 0; i < 100; i++) {
        assertThat(new Browser().open(attempt.page("/who")).statusCode()).isEqualTo(502);
      }

      assertThat(kids).hasValue(100);
      assertThat(LIAR.server().calls().get(LyingServer.Endpoint.JWKS))
          .isEqualTo(before.getOrDefault(LyingServer.Endpoint.JWKS, 0) + 1);
      LIAR.logIn(new Browser());
    }
  }

  @Test
  @Tag("case-53")
  void aKeyThatIsNewIsFetchedAndTheLogInPasses(@ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, PLAIN)) {
      LIAR.logIn(new Browser());
      LIAR.server().rotateKey("key-2");
      LIAR.logIn(new Browser());
      assertThat(new Browser().get(attempt.page("/who")).statusCode()).isEqualTo(302);
    }
  }

  @Test
  @Tag("case-85")
  void aServerThatDiesBeforeTheCallbackCostsThisLogInOnly(@ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, PLAIN)) {
      LIAR.logIn(new Browser());
      var browser = new Browser();
      var callback = LIAR.begin(browser);
      LIAR.server().goDown();
      try {
        Refusal.expected(LIAR.witness(), 503, "unavailable: POST ").of(browser, callback);
      } finally {
        LIAR.server().comeBack();
      }
      assertThat(browser.open(attempt.page("/who")).statusCode()).isEqualTo(200);
    }
  }

  static Stream<Lie> certificates() {
    return Stream.of(
        certificate("of another host", CERTIFICATES.ofAnotherHost()),
        certificate("expired", CERTIFICATES.expired()),
        certificate("self-signed", CERTIFICATES.selfSigned()));
  }

  private static Lie certificate(String name, SSLContext certificate) {
    return new Lie(
        name, it -> it.certificate(certificate), 503, "javax.net.ssl.SSLHandshakeException", false);
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-84")
  void certificates(Lie lie, @ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, SECURE)) {
      lie.told().accept(SECURE_LIAR.server());
      Refusal.expected(SECURE_LIAR.witness(), lie.status(), lie.reason())
          .within(Duration.ofSeconds(20))
          .of(new Browser(), attempt.page("/who"));
    } finally {
      SECURE_LIAR.server().certificate(CERTIFICATES.right());
    }
  }

  @Test
  @Tag("case-84")
  void theRightCertificateIsAccepted(@ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, SECURE)) {
      var redirect = new Browser().get(attempt.page("/who"));
      assertThat(Browser.location(redirect).toString()).startsWith(SECURE_LIAR.server().issuer());
      assertThat(SECURE_LIAR.server().calls().get(LyingServer.Endpoint.DISCOVERY)).isPositive();
    }
  }
}
