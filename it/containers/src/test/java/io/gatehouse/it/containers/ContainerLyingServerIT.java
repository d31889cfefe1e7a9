package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.BrokenAnswers;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.Certificates;
import io.gatehouse.it.servers.JwtDraft;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.RawAnswer;
import io.gatehouse.it.servers.Refusal;
import io.gatehouse.it.servers.container.Deployed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The metadata, keys and certificate of the authorization server. The filter keeps them, so each
 * test has a separate application.
 */
@OnEveryContainer
class ContainerLyingServerIT {
  private static final int TESTS = 15;
  private static final int TESTS_OVER_TLS = 4;
  private static final Certificates CERTIFICATES = Certificates.create(Application.DIRECTORY);
  private static final LyingServer SERVER = LyingServer.start();
  private static final LyingServer SECURE_SERVER = LyingServer.start(CERTIFICATES.right());
  private static final Map<String, String> OVER_TLS =
      Map.of(
          // The JDK counts the handshake in, which takes its time on a busy machine.
          "gatehouse.http.connect-timeout",
          "20s",
          "gatehouse.http.timeout",
          "20s",
          "gatehouse.http.truststore",
          CERTIFICATES.trustStore(),
          "gatehouse.http.truststore-password",
          Certificates.PASSWORD);
  private static final Deque<Liar> LIARS = liars("plain", SERVER, TESTS);
  private static final Deque<Liar> SECURE_LIARS = liars("secure", SECURE_SERVER, TESTS_OVER_TLS);

  private static Deque<Liar> liars(String name, LyingServer server, int count) {
    return IntStream.range(0, count)
        .mapToObj(it -> new Liar(server, Application.at(name + "-" + it)))
        .collect(Collectors.toCollection(ArrayDeque::new));
  }

  static List<Deployed> deployed() {
    return Stream.concat(
            LIARS.stream().map(it -> it.deployed(Map.of())),
            SECURE_LIARS.stream().map(it -> it.deployed(OVER_TLS)))
        .toList();
  }

  @AfterEach
  void beHonest() {
    SERVER.beHonest();
  }

  @AfterAll
  static void close() {
    SERVER.close();
    SECURE_SERVER.close();
  }

  private static Lie metadata(String name, Supplier<RawAnswer> answer, int status, String reason) {
    return new Lie(
        name, it -> it.answer(LyingServer.Endpoint.DISCOVERY, answer.get()), status, reason, false);
  }

  static Stream<Lie> metadata() {
    var server = SERVER;
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
  void metadata(Lie lie) {
    var liar = LIARS.remove();
    lie.told().accept(SERVER);
    Refusal.expected(liar.witness(), lie.status(), lie.reason())
        .calls("discovery", 1)
        .of(new Browser(), liar.witness().page());
  }

  private static Lie keys(String name, Supplier<RawAnswer> answer, int status, String reason) {
    return new Lie(
        name, it -> it.answer(LyingServer.Endpoint.JWKS, answer.get()), status, reason, false);
  }

  private static String jwks(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  static Stream<Lie> keys() {
    var server = SERVER;
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

  /** Refuses the new keys, and keeps the previous ones. */
  @ParameterizedTest
  @MethodSource
  @Tag("case-48")
  @Tag("case-59")
  @Tag("case-81")
  @Tag("case-86")
  void keys(Lie lie) {
    var liar = LIARS.remove();
    liar.logIn(new Browser());
    var browser = new Browser();
    var callback = liar.begin(browser);
    SERVER.idToken(it -> it.header("kid", "\"new\"").signed());
    lie.told().accept(SERVER);

    Refusal.expected(liar.witness(), lie.status(), lie.reason())
        .calls("token", 1)
        .calls("jwks", 1)
        .of(browser, callback);

    SERVER.idToken(JwtDraft::signed);
    assertThat(browser.open(liar.witness().page()).statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("case-58")
  @Tag("case-81")
  void aFloodOfKidsHasTheKeysFetchedOnce() {
    var liar = LIARS.remove();
    liar.logIn(new Browser());
    var before = SERVER.calls();
    var kids = new AtomicInteger();
    SERVER.idToken(it -> it.header("kid", "\"canary-" + kids.incrementAndGet() + "\"").signed());

    for (int i = 0; i < 100; i++) {
      assertThat(new Browser().open(liar.witness().page()).statusCode()).isEqualTo(502);
    }

    assertThat(kids).hasValue(100);
    assertThat(SERVER.calls().get(LyingServer.Endpoint.JWKS))
        .isEqualTo(before.getOrDefault(LyingServer.Endpoint.JWKS, 0) + 1);
    liar.logIn(new Browser());
  }

  @Test
  @Tag("case-53")
  void aKeyThatIsNewIsFetchedAndTheLogInPasses() {
    var liar = LIARS.remove();
    liar.logIn(new Browser());
    SERVER.rotateKey("key-2");
    liar.logIn(new Browser());
    assertThat(new Browser().get(liar.witness().page()).statusCode()).isEqualTo(302);
  }

  @Test
  @Tag("case-85")
  void aServerThatDiesBeforeTheCallbackCostsThisLogInOnly() {
    var liar = LIARS.remove();
    liar.logIn(new Browser());
    var browser = new Browser();
    var callback = liar.begin(browser);
    SERVER.goDown();
    try {
      Refusal.expected(liar.witness(), 503, "unavailable: POST ").of(browser, callback);
    } finally {
      SERVER.comeBack();
    }
    assertThat(browser.open(liar.witness().page()).statusCode()).isEqualTo(200);
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
  void certificates(Lie lie) {
    var liar = SECURE_LIARS.remove();
    lie.told().accept(SECURE_SERVER);
    try {
      Refusal.expected(liar.witness(), lie.status(), lie.reason())
          .within(Duration.ofSeconds(20))
          .of(new Browser(), liar.witness().page());
    } finally {
      SECURE_SERVER.certificate(CERTIFICATES.right());
    }
  }

  @Test
  @Tag("case-84")
  void theRightCertificateIsAccepted() {
    var liar = SECURE_LIARS.remove();
    var redirect = new Browser().get(liar.witness().page());
    assertThat(Browser.location(redirect).toString()).startsWith(SECURE_SERVER.issuer());
    assertThat(SECURE_SERVER.calls().get(LyingServer.Endpoint.DISCOVERY)).isPositive();
  }
}
