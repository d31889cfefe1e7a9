package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.JsonWebKeys;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AuthorizationRequestTest {
  private static final URI ENDPOINT = URI.create("https://op.example/authorize");
  private static final List<String> MIRRORED =
      List.of(
          "response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method");

  private final AdjustableClock clock = new AdjustableClock();
  private final LoginKeyRing ring = TestLogin.ring(clock, TestLogin.keys("material"));
  private final PendingLogin login = ring.begin();
  private final AuthorizationRequest request =
      new AuthorizationRequest(login, RequestedAuthentication.ANY, TestLogin.REDIRECT_URI);
  private final String requestUri =
      "https://app.example/shop/gatehouse/request/" + login.handle("/shop/gatehouse", "");

  private static Map<String, String> query(URI location) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : location.getRawQuery().split("&", -1)) {
      var equals = pair.indexOf('=');
      var value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      assertThat(parameters.put(pair.substring(0, equals), value)).isNull();
    }
    return parameters;
  }

  private static Map<String, Object> claims(String requestObject) throws JoseException {
    return JsonUtil.parseJson(RawJws.part(requestObject, 1));
  }

  private static long number(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof Long it ? it : -1;
  }

  @Test
  @Tag("case-21")
  void theRequestObjectHasExactlyTheClaimsOfItsRequest() throws JoseException {
    var claims = claims(request.requestObject(ring));
    assertThat(claims)
        .containsOnlyKeys(
            "iss",
            "aud",
            "client_id",
            "redirect_uri",
            "response_type",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "iat",
            "nbf",
            "exp",
            "jti")
        .containsEntry("iss", TestLogin.CLIENT_ID)
        .containsEntry("client_id", TestLogin.CLIENT_ID)
        .containsEntry("aud", TestLogin.ISSUER)
        .containsEntry("redirect_uri", TestLogin.REDIRECT_URI)
        .containsEntry("response_type", "code")
        .containsEntry("scope", "openid learcredential")
        .containsEntry("state", login.state().value())
        .containsEntry("nonce", login.nonce().value())
        .containsEntry("code_challenge", login.codeVerifier().challenge())
        .containsEntry("code_challenge_method", "S256");
  }

  @Test
  @Tag("case-21")
  void theRequestObjectHasTheTypAndTheKidAndTheAlg() throws JoseException {
    assertThat(JsonUtil.parseJson(RawJws.part(request.requestObject(ring), 0)))
        .containsOnly(
            Map.entry("typ", "oauth-authz-req+jwt"),
            Map.entry("alg", "ES256"),
            Map.entry("kid", TestLogin.CLIENT_ID));
  }

  @Test
  @Tag("case-20")
  void theRequestObjectIsSignedWithTheClientsKeyAndAtMost4KiB() throws Exception {
    var object = request.requestObject(ring);
    assertThat(object).hasSizeLessThan(4096).matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");
    var jwks = TestKeys.jwks(TestKeys.publicJwk(TestLogin.CLIENT_KEY.getPublic()));
    var jwt =
        new JwsVerifier(Set.of(JwsAlgorithm.ES256))
            .verify(CompactJws.parse(object), JsonWebKeys.parse(jwks));
    assertThat(jwt.typ()).hasValue("oauth-authz-req+jwt");
  }

  @Test
  @Tag("case-21")
  void theRequestObjectLivesAsLongAsItsLogin() throws JoseException {
    var claims = claims(request.requestObject(ring));
    var begun = AdjustableClock.START.getEpochSecond();
    assertThat(number(claims, "iat")).isEqualTo(begun);
    assertThat(number(claims, "nbf")).isEqualTo(begun - 60);
    assertThat(number(claims, "exp")).isEqualTo(begun + TestLogin.LOGIN_TIMEOUT.toSeconds());
  }

  @Test
  @Tag("case-21")
  void theRequestObjectLivesAtMostAnHour() throws JoseException {
    var patient =
        new LoginKeyRing(
            List.of(TestLogin.keys("material")),
            TestKeys.fixedRandom("patient"),
            clock,
            Duration.ofHours(8),
            TestLogin.CLOCK_SKEW);
    var claims = claims(request.requestObject(patient));
    assertThat(number(claims, "exp") - number(claims, "nbf")).isEqualTo(3600);
  }

  @Test
  @Tag("case-24")
  void theRequestObjectHasTheSameClaimsWheneverItIsMade() throws JoseException {
    var first = claims(request.requestObject(ring));
    clock.advance(Duration.ofSeconds(100));
    assertThat(claims(request.requestObject(ring))).isEqualTo(first);
    var next = new AuthorizationRequest(ring.begin(), RequestedAuthentication.ANY, "https://x");
    assertThat(claims(next.requestObject(ring)).get("jti")).isNotEqualTo(first.get("jti"));
  }

  @Test
  @Tag("case-22")
  void theQueryEqualsTheRequestObject() throws JoseException {
    var query = query(URI.create(request.location(ENDPOINT, requestUri)));
    var claims = claims(request.requestObject(ring));
    for (var name : MIRRORED) {
      assertThat(query).containsEntry(name, String.valueOf(claims.get(name)));
    }
    assertThat(query)
        .hasSize(MIRRORED.size() + 2)
        .containsEntry("client_id", String.valueOf(claims.get("client_id")))
        .containsEntry("request_uri", requestUri);
  }

  @Test
  @Tag("case-25")
  void neitherTheQueryNorTheRequestObjectHoldsTheVerifier() {
    var verifier = login.codeVerifier().value();
    assertThat(request.location(ENDPOINT, requestUri)).doesNotContain(verifier);
    assertThat(RawJws.part(request.requestObject(ring), 1)).doesNotContain(verifier);
  }

  @Test
  @Tag("case-22")
  void theRequestUriHasAtMost512Characters() {
    assertThat(requestUri.length()).isLessThan(200);
    var publicUrl = "http://localhost:8080/" + "c".repeat(120); // off loopback it is configured
    assertThat(publicUrl + "/gatehouse/request/" + login.handle("/gatehouse", publicUrl))
        .hasSizeLessThanOrEqualTo(512);
  }

  @Test
  void keepsTheQueryOfTheAuthorizationEndpoint() {
    var location = request.location(URI.create("https://op.example/a?tenant=1"), requestUri);
    assertThat(location.toString()).startsWith("https://op.example/a?tenant=1&client_id=did%3Akey");
    assertThat(request.location(ENDPOINT, requestUri))
        .startsWith("https://op.example/authorize?client_id=did%3Akey")
        .contains("scope=openid%20learcredential");
  }

  // RFC 9101 4: max_age is a number in the request object, and text in the query.
  @Test
  void howToLogInStandsInBoth() throws JoseException {
    var wanted =
        new RequestedAuthentication("gold", Optional.of(Duration.ofMinutes(5)), "login", "", "");
    var asking = new AuthorizationRequest(login, wanted, TestLogin.REDIRECT_URI);
    assertThat(claims(asking.requestObject(ring)))
        .containsEntry("acr_values", "gold")
        .containsEntry("max_age", 300L)
        .containsEntry("prompt", "login");
    assertThat(query(URI.create(asking.location(ENDPOINT, requestUri))))
        .containsEntry("acr_values", "gold")
        .containsEntry("max_age", "300");
  }
}
