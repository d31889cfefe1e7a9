package io.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.BrokenAnswers;
import io.gatehouse.it.servers.Command;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.LyingServer.Endpoint;
import io.gatehouse.it.servers.Mistake;
import io.gatehouse.it.servers.RawAnswer;
import io.gatehouse.it.servers.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The command {@code check} names each mistake by its property with a remedy; after the remedy is
 * applied, the check succeeds. For a valid configuration it reports nothing.
 */
@ExtendWith(Surroundings.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CheckIT {
  private static final String ISSUER = "gatehouse.issuer";
  private static final String PUBLIC_URL = "gatehouse.public-url";

  private final Surroundings surroundings;
  private final Map<String, String> shop;
  private final Map<String, String> liedTo;
  private final Map<String, String> secure;
  private final LyingServer liar;
  private final String issuer;

  CheckIT(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.shop = surroundings.configuration(Surroundings.SHOP);
    this.liedTo = surroundings.configuration(Surroundings.LIED_TO);
    this.secure = surroundings.configuration(Surroundings.SECURE);
    this.liar = surroundings.liar();
    this.issuer = Objects.requireNonNull(shop.get(ISSUER));
    Surroundings.beRight(liar);
    Surroundings.beRight(surroundings.secureLiar());
    surroundings.secureLiar().certificate(surroundings.certificates().right());
  }

  @Test
  void findsNothingToComplainOfWhereAllIsWell() {
    for (var right : List.of(liedTo, secure, shop)) {
      var file = Command.file(right).toString();
      var result = Command.runProcess("check", "--config", file, "--json");

      assertThat(result.complaints("fail")).as(result.out()).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).isEmpty();
    }
    assertThat(Command.runWith(shop, "check", "--json").complaints("warn")).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> namesTheMistakeInAConfigurationAndItsRemedy() {
    var elsewhere = "http://localhost:" + ServerProcess.freePort();
    return tests(
        wrong("a slash at the issuer's end", ISSUER, issuer + "/"),
        wrong("the issuer by another name", ISSUER, issuer.replace("127.0.0.1", "localhost")),
        put(
            "the issuer without its path",
            Mistake.but(shop, ISSUER, issuer.replace("/verifier", "")),
            ISSUER,
            "Set it to the server's issuer itself"),
        put(
            "the issuer of a server that is down",
            Mistake.but(shop, ISSUER, elsewhere),
            ISSUER,
            "or set gatehouse.issuer to where it is"),
        Mistake.correctedByTheLetter(
            "a misspelt property",
            misspelt("gatehouse.public-url", "gatehouse.pubic-url"),
            "gatehouse.pubic-url"),
        put(
            "a scope without openid",
            Mistake.but(shop, "gatehouse.scope", "learcredential"),
            "gatehouse.scope",
            "openid among them"),
        put(
            "the path of a key for the key",
            Mistake.but(shop, "gatehouse.signing-key", pathOfKey()),
            "gatehouse.signing-key",
            "Put file: before it"),
        wrong("an algorithm that the server has no key for", "gatehouse.id-token.alg", "RS256"),
        put(
            "the address of an application with another key",
            Mistake.but(shop, PUBLIC_URL, page(Surroundings.OTHER)),
            PUBLIC_URL,
            "It is another application: set gatehouse.public-url to the right one"),
        put(
            "an address where nobody is",
            Mistake.but(shop, PUBLIC_URL, elsewhere + "/shop"),
            PUBLIC_URL,
            "or set gatehouse.public-url to where it is"),
        put(
            "an address without the context path",
            Mistake.but(shop, PUBLIC_URL, page("")),
            PUBLIC_URL,
            "Is the context path in gatehouse.public-url right"),
        put(
            "a backend address where nobody is",
            Mistake.but(shop, "gatehouse.backend-url", elsewhere),
            "gatehouse.backend-url",
            "or set gatehouse.backend-url to where it is"),
        put(
            "another scope than the application runs with",
            Mistake.but(shop, "gatehouse.scope", "openid"),
            PUBLIC_URL,
            "the application's request objects differ in scope"));
  }

  private Stream<DynamicTest> tests(Mistake... mistakes) {
    return Stream.of(mistakes)
        .map(it -> DynamicTest.dynamicTest(it.toString(), it::isNamedAndCorrected));
  }

  private Mistake wrong(String name, String property, String value) {
    return Mistake.correctedByTheLetter(name, Mistake.but(shop, property, value), property);
  }

  /** Creates a mistake whose remedy is a value that only a person can know. */
  private Mistake put(String name, Map<String, String> wrong, String subject, String remedy) {
    return Mistake.of(
        name,
        wrong,
        subject,
        remedy,
        it -> {
          it.clear();
          it.putAll(shop);
        });
  }

  private Map<String, String> misspelt(String right, String wrong) {
    return Mistake.but(shop, right, "", wrong, shop.getOrDefault(right, ""));
  }

  private String pathOfKey() {
    return surroundings.directory().resolve(Surroundings.SHOP + ".pem").toString();
  }

  private String page(String context) {
    return surroundings.page(context, "").toString();
  }

  @TestFactory
  Stream<DynamicTest> namesWhatIsWrongAtTheServerAndItsRemedy() {
    return Stream.of(
        lie("a page in place of the metadata", page(), ISSUER, "a page of HTML"),
        lie(
            "a redirect in place of the metadata",
            RawAnswer.redirect(302, "https://login.example/?secret=1"),
            ISSUER,
            "a redirect to https://login.example/,"),
        lie("no answer at all", BrokenAnswers.silence(), ISSUER, "no whole answer within 2000 ms"),
        lie("half an answer", BrokenAnswers.half(liar.metadata()), ISSUER, "does not answer"),
        lie(
            "a clock that is slow",
            RawAnswer.json(200, liar.metadata(), "Date: " + date(Instant.now().minusSeconds(200))),
            "gatehouse.clock-skew",
            "Set both clocks by NTP"),
        lieOf(
            "ID tokens by a shared secret",
            "\"id_token_signing_alg_values_supported\":[\"HS256\"]",
            "gatehouse.id-token.alg",
            "Let the server sign by an asymmetric algorithm"),
        lieOf(
            "request objects by RSA only",
            "\"request_object_signing_alg_values_supported\":[\"RS256\"]",
            "gatehouse.request-object.alg",
            "Use one of those"),
        lieOf(
            "assertions by RSA only",
            "\"token_endpoint_auth_signing_alg_values_supported\":[\"RS256\"]",
            "gatehouse.client-auth.alg",
            "Use one of those"),
        lieOf(
            "clients that send their secret",
            "\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\"]",
            "client",
            "by a signed assertion only"),
        lieOf(
            "pushed requests only",
            "\"require_pushed_authorization_requests\":true",
            "gatehouse.request-mode",
            "takes pushed requests only"),
        lieOf(
            "no requests by request_uri",
            "\"request_uri_parameter_supported\":false",
            "gatehouse.request-mode",
            "Set gatehouse.request-mode=value, here and there"),
        lieOf(
            "no S256",
            "\"code_challenge_methods_supported\":[\"plain\"]",
            "code_challenge_method",
            "Switch S256 on at the server"),
        lieAt(
            "a page in place of the keys",
            Endpoint.JWKS,
            page(),
            "gatehouse.endpoints.jwks",
            "Correct it at the server"),
        lieAt(
            "a client that is not known",
            Endpoint.TOKEN,
            RawAnswer.json(401, "{\"error\":\"invalid_client\"}"),
            "gatehouse.client-auth.alg",
            "has to be what `register` writes"),
        lieAt(
            "a login that is refused",
            Endpoint.AUTHORIZATION,
            RawAnswer.redirect(302, page(Surroundings.LIED_TO) + "?error=invalid_request_uri"),
            "login",
            "error=invalid_request_uri"));
  }

  private DynamicTest lie(String name, RawAnswer answer, String subject, String remedy) {
    return lieAt(name, Endpoint.DISCOVERY, answer, subject, remedy);
  }

  private DynamicTest lieOf(String name, String member, String subject, String remedy) {
    var metadata = liar.metadata().replaceFirst("[{]", "{" + member + ",");
    return lie(name, RawAnswer.json(metadata), subject, remedy);
  }

  private DynamicTest lieAt(
      String name, Endpoint endpoint, RawAnswer answer, String subject, String remedy) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Surroundings.beRight(liar);
          liar.answer(endpoint, answer);
          Mistake.of(name, liedTo, subject, remedy, this::atTheServer).isNamedAndCorrected();
        });
  }

  // The application runs on unchanged.
  private void atTheServer(Map<String, String> properties) {
    Surroundings.beRight(liar);
    properties.clear();
    properties.putAll(liedTo);
  }

  private static RawAnswer page() {
    return RawAnswer.whole(
        200, "text/html", "<!doctype html><p>Hello</p>".getBytes(StandardCharsets.US_ASCII));
  }

  private static String date(Instant moment) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atZone(ZoneOffset.UTC));
  }

  @TestFactory
  Stream<DynamicTest> namesWhatIsWrongWithACertificateAndItsRemedy() {
    var server = surroundings.secureLiar();
    var certificates = surroundings.certificates();
    return Stream.of(
        DynamicTest.dynamicTest(
            "an authority that nobody here trusts",
            () ->
                Mistake.of(
                        "untrusted",
                        Mistake.but(secure, "gatehouse.http.truststore", ""),
                        "gatehouse.http.truststore",
                        "Set gatehouse.http.truststore to a store that has the issuer's",
                        it -> it.putAll(secure))
                    .isNamedAndCorrected()),
        certificate(
            "expired", () -> server.certificate(certificates.expired()), "its certificate expired"),
        certificate(
            "of another host",
            () -> server.certificate(certificates.ofAnotherHost()),
            "not for localhost, but for other.example"));
  }

  private DynamicTest certificate(String name, Runnable shown, String text) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          shown.run();
          Mistake.of(
                  name,
                  secure,
                  ISSUER,
                  text,
                  it -> surroundings.secureLiar().certificate(surroundings.certificates().right()))
              .isNamedAndCorrected();
        });
  }
}
