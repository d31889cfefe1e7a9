package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.JwtDraft;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.Refusal;
import io.gatehouse.it.servers.ServerKey;
import io.gatehouse.it.servers.container.Deployed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ID tokens that break one rule each: the login is refused, whatever the authorization server. */
@OnEveryContainer
class ContainerLyingIdTokenIT {
  private static final Liar LIAR = new Liar(LyingServer.start(), Application.at("lying-id-token"));
  private static final ServerKey STRANGER = ServerKey.create("key-1");

  private static final String ISS = "iss is not the server's";
  private static final String AUD = "aud is not this client alone";
  private static final String NO_JWS = "not a JWS in compact serialization";
  private static final String NO_KEY = "kid is that of no key of the server";
  private static final String SIGNATURE = "the signature is wrong";
  private static final String NOT_CONFIGURED = "alg is not one that was configured";
  private static final String NOT_SUPPORTED = "alg is not supported";
  private static final String CRITICAL = "the header has crit, b64 or zip";

  static Deployed deployed() {
    return LIAR.deployed(Map.of());
  }

  /**
   * Fetches the keys before all tests, because an unknown kid has the keys fetched only once a
   * minute.
   */
  @BeforeAll
  static void fetchTheKeysOnceMore() {
    LIAR.logIn(new Browser());
    var browser = new Browser();
    var callback = LIAR.begin(browser);
    LIAR.server().idToken(it -> it.header("kid", "\"new\"").signed());
    Refusal.expected(LIAR.witness(), 502, NO_KEY)
        .calls("token", 1)
        .calls("jwks", 1)
        .of(browser, callback);
    LIAR.server().beHonest();
  }

  @AfterAll
  static void close() {
    LIAR.close();
  }

  static Stream<Lie> claims() {
    return Stream.of(
        Lie.claims("iss missing", it -> it.without("iss"), ISS),
        Lie.claims("iss of another", it -> it.text("iss", "https://canary.example"), ISS),
        Lie.claims("iss with a slash", it -> it.text("iss", LIAR.server().issuer() + "/"), ISS),
        Lie.claims(
            "iss in upper case",
            it -> it.text("iss", LIAR.server().issuer().replace("http", "HTTP")),
            ISS),
        Lie.claims("iss an array", it -> it.claim("iss", "[\"canary\"]"), "iss is not a string"),
        Lie.claims("aud missing", it -> it.without("aud"), AUD),
        Lie.claims("aud of another", it -> it.text("aud", "canary"), AUD),
        Lie.claims("aud empty", it -> it.claim("aud", "[]"), AUD),
        Lie.claims(
            "aud with another", it -> it.claim("aud", "[\"canary\",\"" + clientId() + "\"]"), AUD),
        Lie.claims("aud a number", it -> it.claim("aud", "1"), "aud is neither"),
        Lie.claims("azp of another", it -> it.text("azp", "canary"), "azp is not this client"),
        Lie.claims("sub missing", it -> it.without("sub"), "sub is missing"),
        Lie.claims("sub empty", it -> it.text("sub", ""), "sub is missing"),
        Lie.claims(
            "sub too long",
            it -> it.text("sub", "canary".repeat(43)),
            "sub is missing or too long"),
        Lie.claims("sub a number", it -> it.claim("sub", "1"), "sub is not a string"),
        Lie.claims("iat missing", it -> it.without("iat"), "iat is missing"),
        Lie.claims("iat in the future", it -> it.time("iat", 75), "iat is in the future"),
        Lie.claims("iat a week ago", it -> it.time("iat", -604_800), "iat is too long ago"),
        Lie.claims("iat a text", it -> it.text("iat", "canary"), "iat is not a NumericDate"),
        Lie.claims("exp missing", it -> it.without("exp"), "exp is missing"),
        Lie.claims("exp past", it -> it.time("exp", -61), "exp is past"),
        Lie.claims(
            "exp beyond any date", it -> it.claim("exp", "1e400"), "exp is not a NumericDate"),
        Lie.claims("nbf in the future", it -> it.time("nbf", 75), "nbf is in the future"),
        Lie.claims("nonce missing", it -> it.without("nonce"), "nonce is not this login's"),
        Lie.claims(
            "nonce of another",
            it -> it.text("nonce", "canary-of-another"),
            "nonce is not this login's"),
        Lie.claims(
            "auth_time in the future",
            it -> it.time("auth_time", 75),
            "auth_time is in the future"),
        Lie.claims(
            "at_hash of another",
            it -> it.text("at_hash", "canary"),
            "at_hash is another access token's"),
        Lie.claims("a logout token", it -> it.claim("events", "{}"), "it is a logout token"),
        Lie.claims("an access token", it -> it.header("typ", "\"at+jwt\""), "typ is another JWT's"),
        Lie.claims(
            "typ of a logout token",
            it -> it.header("typ", "\"logout+jwt\""),
            "typ is another JWT's"),
        Lie.idToken(
            "a claim twice",
            it -> it.signedWithPayload(it.claims().replaceFirst("[{]", "{\"sub\":\"canary\",")),
            "the payload is not one JSON object"),
        Lie.idToken(
            "a payload of two objects",
            it -> it.signedWithPayload(it.claims() + it.claims()),
            "the payload is not one JSON object"),
        Lie.idToken(
            "a payload that is an array",
            it -> it.signedWithPayload("[" + it.claims() + "]"),
            "the payload is not one JSON object"),
        Lie.idToken(
            "a payload that is null",
            it -> it.signedWithPayload("null"),
            "the payload is not one JSON object"),
        Lie.claims(
            "a claim 20,000 levels deep",
            it -> it.claim("deep", "[".repeat(20_000) + "]".repeat(20_000)),
            "the payload is not one JSON object"),
        Lie.claims(
            "200 KB of groups",
            it -> it.text("groups", "canary".repeat(34_000)),
            "a JWT of more than 65536 characters"));
  }

  private static String clientId() {
    return LIAR.clientId();
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-49")
  @Tag("case-50")
  @Tag("case-54")
  @Tag("case-55")
  @Tag("case-59")
  void claims(Lie lie) {
    LIAR.assertRefused(lie);
  }

  static Stream<Lie> signatures() {
    return Stream.of(
        Lie.idToken("signed by a stranger", it -> it.signedBy(STRANGER), SIGNATURE),
        Lie.idToken(
            "signed before it was changed",
            it -> it.with(it.text("sub", "x").signed().replaceAll(".*[.]", "")),
            SIGNATURE),
        Lie.idToken("alg none", it -> it.header("alg", "\"none\"").with(""), NO_JWS),
        Lie.idToken("alg None, two parts", it -> it.header("alg", "\"None\"").input(), NO_JWS),
        Lie.idToken("alg NONE, signed", it -> it.header("alg", "\"NONE\"").signed(), NOT_SUPPORTED),
        Lie.idToken("alg nOnE, signed", it -> it.header("alg", "\"nOnE\"").signed(), NOT_SUPPORTED),
        Lie.idToken("alg missing", it -> it.withoutHeader("alg").signed(), NOT_SUPPORTED),
        Lie.idToken("alg null", it -> it.header("alg", "null").signed(), NOT_SUPPORTED),
        Lie.idToken("alg es256", it -> it.header("alg", "\"es256\"").signed(), NOT_SUPPORTED),
        Lie.idToken("alg ES256K", it -> it.header("alg", "\"ES256K\"").signed(), NOT_SUPPORTED),
        Lie.idToken("alg RS256", it -> it.header("alg", "\"RS256\"").signed(), NOT_CONFIGURED),
        Lie.idToken("alg ES384", it -> it.header("alg", "\"ES384\"").signed(), NOT_CONFIGURED),
        Lie.idToken(
            "HS256 keyed with the public key",
            it ->
                it.header("alg", "\"HS256\"")
                    .signedByHmac(LIAR.server().key().pair().getPublic().getEncoded()),
            NOT_CONFIGURED),
        Lie.idToken(
            "HS256 keyed with the JWK",
            it ->
                it.header("alg", "\"HS256\"")
                    .signedByHmac(LIAR.server().key().jwk().getBytes(StandardCharsets.UTF_8)),
            NOT_CONFIGURED),
        Lie.idToken(
            "HS256 keyed with nothing much",
            it -> it.header("alg", "\"HS256\"").signedByHmac(new byte[1]),
            NOT_CONFIGURED),
        Lie.idToken("r and s zero", it -> it.with("A".repeat(86)), ""),
        Lie.idToken("a short signature", it -> it.with("AAAA"), ""),
        Lie.idToken(
            "in DER",
            it -> it.with(ServerKey.base64Url(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1})),
            ""));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-52")
  void signatures(Lie lie) {
    LIAR.assertRefused(lie);
  }

  static Stream<Lie> headers() {
    var trap = LIAR.server().issuer() + "/trap";
    return Stream.of(
        Lie.idToken(
            "jku of a stranger",
            it -> it.header("jku", "\"" + trap + "\"").signedBy(STRANGER),
            SIGNATURE),
        Lie.idToken(
            "x5u of a stranger",
            it -> it.header("x5u", "\"" + trap + "\"").signedBy(STRANGER),
            SIGNATURE),
        Lie.idToken(
            "jwk of a stranger",
            it -> it.header("jwk", STRANGER.jwk()).signedBy(STRANGER),
            SIGNATURE),
        Lie.idToken(
            "x5c of a stranger",
            it -> it.header("x5c", "[\"MIIB\"]").signedBy(STRANGER),
            SIGNATURE),
        Lie.idToken(
            "jku and an unknown kid",
            it ->
                it.header("jku", "\"" + trap + "\"").header("kid", "\"canary\"").signedBy(STRANGER),
            NO_KEY),
        Lie.idToken(
            "crit that is unknown",
            it -> it.header("crit", "[\"canary\"]").header("canary", "1").signed(),
            CRITICAL),
        Lie.idToken("crit that is empty", it -> it.header("crit", "[]").signed(), CRITICAL),
        Lie.idToken(
            "b64 false",
            it -> it.header("b64", "false").header("crit", "[\"b64\"]").signed(),
            CRITICAL),
        Lie.idToken("b64 false, not critical", it -> it.header("b64", "false").signed(), CRITICAL),
        Lie.idToken("zip", it -> it.header("zip", "\"DEF\"").signed(), CRITICAL),
        Lie.idToken(
            "alg twice",
            it -> it.signedWithHeader("{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"key-1\"}"),
            "the header is not one JSON object"),
        Lie.idToken(
            "a header that is an array",
            it -> it.signedWithHeader("[]"),
            "the header is not one JSON object"),
        Lie.idToken(
            "a header that is no JSON",
            it -> it.signedWithHeader("canary"),
            "the header is not one JSON object"),
        Lie.idToken(
            "a header 1,000 levels deep",
            it ->
                it.signedWithHeader(
                    "{\"alg\":\"ES256\",\"kid\":\"key-1\",\"x\":" + "[".repeat(1_000) + "}"),
            "the header is not one JSON object"),
        Lie.idToken("JSON serialization", it -> json(it), NO_JWS),
        Lie.idToken("white space around it", it -> " " + it.signed() + " ", NO_JWS),
        Lie.idToken("padding", it -> it.signed() + "==", NO_JWS),
        Lie.idToken("a fourth part", it -> it.signed() + ".canary", NO_JWS),
        Lie.idToken(
            "more than 64 KiB",
            it -> it.header("alg", "\"none\"").with("canary".repeat(11_000)),
            "a JWT of more than 65536 characters"),
        Lie.idToken(
            "JWE around a JWT that is not signed",
            it ->
                jwe(
                    "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"cty\":\"JWT\"}",
                    it.header("alg", "\"none\"").with("")),
            NO_JWS),
        Lie.idToken(
            "JWE with PBES2 and 2^31 rounds",
            it ->
                jwe(
                    "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2s\":\"AAAAAAAAAAAAAAAA\",\"p2c\":2147483647}",
                    it.signed()),
            NO_JWS),
        Lie.idToken(
            "PBES2 as a JWS",
            it -> it.header("alg", "\"PBES2-HS256+A128KW\"").header("p2c", "2147483647").signed(),
            NOT_SUPPORTED),
        Lie.idToken(
            "JWE with a bomb in it",
            it -> jwe("{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}", "x".repeat(20_000)),
            NO_JWS),
        Lie.idToken(
            "kid of 10 KB",
            it -> it.header("kid", "\"" + "canary".repeat(1_700) + "\"").signed(),
            NO_JWS),
        Lie.idToken(
            "kid of 600 characters",
            it -> it.header("kid", "\"" + "canary".repeat(100) + "\"").signed(),
            "kid is not a short string"),
        Lie.idToken(
            "kid with CR and LF",
            it -> it.header("kid", "\"canary\\r\\n2026 SEVERE forged\"").signed(),
            NO_KEY),
        Lie.idToken(
            "kid that is a path", it -> it.header("kid", "\"../../canary\"").signed(), NO_KEY),
        Lie.idToken(
            "kid that is SQL", it -> it.header("kid", "\"' OR 1=1 -- canary\"").signed(), NO_KEY),
        Lie.idToken(
            "kid that is a number",
            it -> it.header("kid", "1").signed(),
            "kid is not a short string"));
  }

  // RFC 7515 7.2.2
  private static String json(JwtDraft draft) {
    var parts = draft.signed().split("[.]", -1);
    return "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
        .formatted(parts[0], parts[1], parts[2]);
  }

  private static String jwe(String header, String content) {
    return ServerKey.base64Url(header)
        + ".AAAA.AAAAAAAAAAAAAAAA."
        + ServerKey.base64Url(content)
        + ".AAAAAAAAAAAAAAAAAAAAAA";
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-56")
  @Tag("case-57")
  @Tag("case-58")
  void headers(Lie lie) {
    LIAR.assertRefused(lie);
  }

  static Stream<Lie> accepted() {
    var trap = LIAR.server().issuer() + "/trap";
    return Stream.of(
        Lie.claims("aud an array of ours", it -> it.claim("aud", "[\"" + clientId() + "\"]"), ""),
        Lie.claims("azp that is ours", it -> it.text("azp", clientId()), ""),
        Lie.claims("exp within the skew", it -> it.time("exp", -45), ""),
        Lie.claims("iat within the skew", it -> it.time("iat", 45), ""),
        Lie.claims("sub of 255 characters", it -> it.text("sub", "canary".repeat(42) + "abc"), ""),
        Lie.idToken("no kid, with one key", it -> it.withoutHeader("kid").signed(), ""),
        Lie.claims("no typ", it -> it.withoutHeader("typ"), ""),
        Lie.claims("jku of the key that signed", it -> it.header("jku", "\"" + trap + "\""), ""),
        Lie.claims("HTML in a name", it -> it.text("name", "<script>canary</script>"), ""),
        Lie.claims("a number beyond long", it -> it.claim("age", "9".repeat(100)), ""));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("case-49")
  @Tag("case-50")
  @Tag("case-53")
  @Tag("case-56")
  void accepted(Lie truth) {
    var trapped = LIAR.server().calls().get(LyingServer.Endpoint.TRAP);
    LIAR.assertAccepted(truth);
    assertThat(LIAR.server().calls().get(LyingServer.Endpoint.TRAP)).isEqualTo(trapped);
  }
}
