package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.BrokenAnswers;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.RawAnswer;
import io.gatehouse.it.servers.Refusal;
import io.gatehouse.it.servers.container.Deployed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invalid answers of the token endpoint: the login is refused in time, and the code is sent once.
 */
@OnEveryContainer
class ContainerLyingTokenIT {
  private static final Liar LIAR = new Liar(LyingServer.start(), Application.at("lying-token"));

  private static final String NO_OBJECT = "the token answer is not one JSON object";
  private static final String NO_UTF_8 = "the token answer is not in UTF-8";
  private static final String TOO_LONG = "answers with more than 1 MiB";
  private static final String LOST = "unavailable: POST ";
  private static final String TIME = "no whole answer within 1000 ms";
  private static final String PAST = "the token answer has an expires_in that is past";
  private static final String STATUS = "the token endpoint answers with status ";

  static Deployed deployed() {
    return LIAR.deployed(Map.of());
  }

  @BeforeAll
  static void theValidLogInPasses() {
    LIAR.logIn(new Browser());
  }

  @AfterAll
  static void close() {
    LIAR.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Lie body(String name, byte[] body, String reason) {
    return Lie.token(
        name,
        it -> RawAnswer.whole(200, "application/json", body),
        502,
        "invalid-answer: " + reason);
  }

  private static Lie without(String name, String member) {
    return Lie.text(
        name,
        it -> it.replaceFirst("\"" + member + "\"", "\"x\""),
        "the token answer has no " + member);
  }

  private static Lie expiresIn(String value, String reason) {
    return Lie.text(
        "expires_in " + value,
        it -> it.replace("\"expires_in\":3600", "\"expires_in\":" + value),
        reason);
  }

  static Stream<Lie> texts() {
    return Stream.of(
        without("no access_token", "access_token"),
        without("no id_token", "id_token"),
        without("no token_type", "token_type"),
        Lie.text(
            "another token_type",
            it -> it.replace("Bearer", "canary"),
            "the token answer has a token_type that is not Bearer"),
        Lie.text(
            "token_type DPoP",
            it -> it.replace("Bearer", "DPoP"),
            "the token answer has a token_type that is not Bearer"),
        Lie.text(
            "id_token an object",
            it -> it.replaceFirst("\"id_token\":\".*\"", "\"id_token\":{\"canary\":1}"),
            "id_token is not a string with content"),
        Lie.text(
            "id_token empty",
            it -> it.replaceFirst("\"id_token\":\".*\"", "\"id_token\":\"\""),
            "id_token is not a string with content"),
        Lie.text(
            "access_token a number",
            it -> it.replaceFirst("\"access_token\":\"[^\"]*\"", "\"access_token\":1"),
            "access_token is not a string with content"),
        Lie.text(
            "refresh_token an array",
            it -> it.replaceFirst("\"refresh_token\":\"[^\"]*\"", "\"refresh_token\":[]"),
            "refresh_token is not a string with content"),
        Lie.text(
            "scope a number",
            it -> it.replaceFirst("[{]", "{\"scope\":1,"),
            "scope is not a string with content"),
        expiresIn("-1", PAST),
        expiresIn("0", PAST),
        expiresIn("0.5", PAST),
        expiresIn("-1e300", PAST),
        expiresIn("\"3600\"", "expires_in is not a number"),
        expiresIn("[]", "expires_in is not a number"),
        expiresIn("NaN", NO_OBJECT),
        Lie.text(
            "a member twice",
            it -> it.replaceFirst("[{]", "{\"access_token\":\"canary\","),
            NO_OBJECT),
        Lie.text("two objects", it -> it + it, NO_OBJECT),
        Lie.text(
            "an error beside tokens",
            it -> it.replaceFirst("\\{", "{\"error\":\"invalid_grant\","),
            "the token answer has an error"),
        Lie.text("cut short", it -> it.substring(0, it.length() - 1), NO_OBJECT),
        Lie.text("in an array", it -> "[" + it + "]", NO_OBJECT),
        Lie.text("with a BOM", it -> "\uFEFF" + it, NO_OBJECT),
        Lie.text("with a comment", it -> it + "//canary", NO_OBJECT),
        Lie.text("empty", it -> "", NO_OBJECT),
        Lie.text("null", it -> "null", NO_OBJECT),
        Lie.text("a text", it -> "\"canary\"", NO_OBJECT),
        Lie.text("100,000 levels of arrays", it -> "[".repeat(100_000), NO_OBJECT),
        Lie.text(
            "100,000 levels of objects",
            it -> "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
            NO_OBJECT),
        Lie.text(
            "a number of 100,000 digits", it -> it.replace("3600", "9".repeat(100_000)), NO_OBJECT),
        body("HTML", utf8("<html><body>canary</body></html>"), NO_OBJECT),
        body(
            "a byte that is not UTF-8",
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            NO_UTF_8),
        body(
            "an overlong slash",
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'},
            NO_UTF_8),
        body("UTF-16", "{\"canary\":1}".getBytes(StandardCharsets.UTF_16), NO_UTF_8),
        body("nothing but zeros", new byte[1000], NO_OBJECT));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-44")
  @Tag("case-45")
  @Tag("case-46")
  void texts(Lie lie) {
    LIAR.assertRefused(lie);
  }

  private static Lie status(
      int status, String body, int answered, String reason, String... headers) {
    return Lie.token(
        status + " " + body, it -> RawAnswer.json(status, body, headers), answered, reason);
  }

  static Stream<Lie> statuses() {
    var trap = LIAR.server().issuer() + "/trap";
    return Stream.of(
        status(
            200,
            "{\"error\":\"invalid_grant\"}",
            400,
            "not-completed: the token endpoint answers 200 invalid_grant"),
        status(201, "{}", 502, STATUS + "201"),
        status(204, "", 502, STATUS + "204"),
        status(206, "{}", 502, STATUS + "206"),
        status(301, "", 502, STATUS + "301", "Location: " + trap),
        status(302, "", 502, STATUS + "302", "Location: " + trap),
        status(303, "", 502, STATUS + "303", "Location: " + trap),
        status(307, "", 502, STATUS + "307", "Location: " + trap),
        status(308, "", 502, STATUS + "308", "Location: " + trap),
        status(
            400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"canary\"}",
            400,
            "not-completed: the token endpoint answers 400 invalid_grant"),
        status(400, "{\"error\":\"Canary <b>\"}", 400, "answers 400 without error code"),
        status(400, "", 400, "answers 400 without error code"),
        status(400, "[".repeat(100_000), 400, "answers 400 without error code"),
        status(
            401,
            "{\"error\":\"invalid_client\"}",
            500,
            "misconfigured: the token endpoint answers 401 invalid_client"),
        status(
            401,
            "",
            500,
            "misconfigured: the token endpoint answers 401 without error code",
            "WWW-Authenticate: Basic realm=\"canary\""),
        status(403, "<html>canary</html>", 400, "answers 403 without error code"),
        status(404, "", 400, "answers 404 without error code"),
        status(
            407,
            "",
            400,
            "answers 407 without error code",
            "Proxy-Authenticate: Basic realm=\"canary\""),
        status(418, "canary", 400, "answers 418 without error code"),
        status(429, "", 503, STATUS + "429", "Retry-After: 7"),
        status(500, "canary", 503, STATUS + "500"),
        status(502, "<html>canary</html>", 503, STATUS + "502"),
        status(503, "", 503, STATUS + "503", "Retry-After: 99999"),
        status(599, "", 503, STATUS + "599"));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-48")
  @Tag("case-84")
  void statuses(Lie lie) {
    LIAR.assertRefused(lie);
  }

  private static Lie lost(String name, Function<String, RawAnswer> made) {
    return Lie.token(name, made, 503, LOST);
  }

  private static Lie tooLong(String name, RawAnswer answer) {
    return Lie.token(name, it -> answer, 502, TOO_LONG);
  }

  private static Lie slow(String name, Function<String, RawAnswer> made) {
    return Lie.token(name, made, 503, TIME).untilTheDeadline();
  }

  static Stream<Lie> connections() {
    return Stream.of(
        lost("a reset", it -> BrokenAnswers.reset()),
        lost("the end", it -> BrokenAnswers.nothing()),
        lost("half an answer", BrokenAnswers::half),
        lost("announced as longer", it -> BrokenAnswers.announced(it, 10)),
        Lie.token("announced as shorter", it -> BrokenAnswers.announced(it, -10), 502, NO_OBJECT),
        lost("no HTTP", it -> to -> to.getOutputStream().write(RawAnswer.ascii("canary\r\n\r\n"))),
        lost(
            "a status that is none",
            it -> to -> to.getOutputStream().write(RawAnswer.ascii("HTTP/1.1 canary\r\n\r\n"))),
        lost("2 MiB of headers", it -> BrokenAnswers.hugeHead(2_048, it)),
        tooLong("5 MiB", BrokenAnswers.longBody(5, true)),
        tooLong("5 MiB without a length", BrokenAnswers.longBody(5, false)),
        tooLong("chunks without an end", BrokenAnswers.endlessChunks()),
        tooLong("a gzip bomb", BrokenAnswers.gzipBomb(50)),
        slow("silence", it -> BrokenAnswers.silence()),
        slow("silence after the head", it -> BrokenAnswers.silenceAfterHead()),
        slow("a byte a second", BrokenAnswers::drip),
        Lie.token(
                "Continue a thousand times",
                it -> BrokenAnswers.interimAnswers("100 Continue", 1_000),
                503,
                "unavailable: ")
            .untilTheDeadline(),
        Lie.token(
                "Early Hints a thousand times",
                it -> BrokenAnswers.interimAnswers("103 Early Hints", 1_000),
                503,
                "unavailable: ")
            .untilTheDeadline());
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-45")
  @Tag("case-82")
  @Tag("case-84")
  @Tag("case-85")
  void connections(Lie lie) {
    LIAR.assertRefused(lie);
  }

  static Stream<Lie> accepted() {
    return Stream.of(
        Lie.text("token_type bEaReR", it -> it.replace("Bearer", "bEaReR"), ""),
        Lie.text("no expires_in", it -> it.replace("\"expires_in\":3600,", ""), ""),
        expiresIn("1e300", ""),
        expiresIn("1.5", ""),
        Lie.text("white space around it", it -> " \r\n\t" + it + "\n", ""),
        Lie.text(
            "members that are unknown", it -> it.replaceFirst("[{]", "{\"canary\":[{}],"), ""));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-44")
  @Tag("case-46")
  void accepted(Lie truth) {
    LIAR.assertAccepted(truth);
  }

  @Test
  @Tag("case-48")
  void theServersWishToBeLeftAloneIsPassedOn() {
    var browser = new Browser();
    var callback = LIAR.begin(browser);
    LIAR.server().token(it -> RawAnswer.json(429, "", "Retry-After: 7"));

    var answer = browser.get(callback);

    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
    LIAR.server().beHonest();
  }

  @Test
  @Tag("case-85")
  void theCodeOfALostAnswerIsNeverSentAgain() {
    var browser = new Browser();
    var callback = LIAR.begin(browser);
    LIAR.server().token(it -> BrokenAnswers.reset());
    assertThat(browser.get(callback).statusCode()).isEqualTo(503);
    LIAR.server().beHonest();

    Refusal.expected(LIAR.witness(), 400, "no login of this browser has this state")
        .of(browser, callback);
    LIAR.logIn(browser);
  }
}
