package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.JsonWebKeys;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsSigner;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-60")
class ClientAuthenticationTest {
  private final AdjustableClock clock = new AdjustableClock();

  private Map<String, String> parameters(JwsSigner signer, Optional<String> typ) {
    return TestLogin.authentication(signer, typ, clock).parameters();
  }

  private static String assertion(Map<String, String> parameters) {
    return Optional.ofNullable(parameters.get("client_assertion")).orElseThrow();
  }

  private static Map<String, Object> json(String assertion, int part) throws Exception {
    return JsonUtil.parseJson(RawJws.part(assertion, part));
  }

  @Test
  void sendsTheAssertionItsTypeAndTheClientId() {
    assertThat(parameters(TestLogin.es256(), Optional.empty()))
        .containsOnlyKeys("client_id", "client_assertion_type", "client_assertion")
        .containsEntry("client_id", TestLogin.CLIENT_ID)
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  }

  @Test
  void claimsExactlyWhatRfc7523AsksFor() throws Exception {
    var claims = json(assertion(parameters(TestLogin.es256(), Optional.empty())), 1);
    var now = AdjustableClock.START.getEpochSecond();
    assertThat(claims)
        .containsOnlyKeys("iss", "sub", "aud", "jti", "iat", "exp")
        .containsEntry("iss", TestLogin.CLIENT_ID)
        .containsEntry("sub", TestLogin.CLIENT_ID)
        .containsEntry("aud", TestLogin.ISSUER)
        .containsEntry("iat", now)
        .containsEntry("exp", now + 60);
  }

  @Test
  void namesTheConfiguredAudience() throws Exception {
    var authentication =
        new ClientAuthentication(
            TestLogin.CLIENT_ID,
            "https://op.example/token",
            Optional.empty(),
            TestLogin.es256(),
            clock,
            TestKeys.fixedRandom("jti"));
    assertThat(json(assertion(authentication.parameters()), 1))
        .containsEntry("aud", "https://op.example/token");
  }

  @Test
  void hasANewJtiOf128BitsAtEveryAttempt() throws Exception {
    var authentication = TestLogin.authentication(TestLogin.hs256(), Optional.empty(), clock);
    var seen = new HashSet<Object>();
    for (var i = 0; i < 1_000; i++) {
      var jti = json(assertion(authentication.parameters()), 1).get("jti");
      assertThat(String.valueOf(jti)).hasSize(22);
      assertThat(seen.add(jti)).isTrue();
    }
  }

  @Test
  void namesTheKeyByTheDidKeyAndHasNoTypUnlessConfigured() throws Exception {
    assertThat(json(assertion(parameters(TestLogin.es256(), Optional.empty())), 0))
        .containsOnly(Map.entry("alg", "ES256"), Map.entry("kid", TestLogin.CLIENT_ID));
    assertThat(
            json(
                assertion(parameters(TestLogin.es256(), Optional.of("client-authentication+jwt"))),
                0))
        .containsEntry("typ", "client-authentication+jwt");
  }

  @Test
  void isSignedWithThePrivateKey() throws Exception {
    var jws = CompactJws.parse(assertion(parameters(TestLogin.es256(), Optional.empty())));
    var jwks = TestKeys.jwks(TestKeys.publicJwk(TestLogin.CLIENT_KEY.getPublic()));
    var jwt = new JwsVerifier(Set.of(JwsAlgorithm.ES256)).verify(jws, JsonWebKeys.parse(jwks));
    assertThat(jwt.string("sub")).hasValue(TestLogin.CLIENT_ID);
  }

  @Test
  void isSignedWithTheSecretAsClientSecretJwt() throws Exception {
    var secret = TestLogin.SECRET.getBytes(StandardCharsets.UTF_8);
    var consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(new HmacKey(secret))
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, "HS256")
            .setExpectedAudience(TestLogin.ISSUER)
            .setExpectedIssuer(TestLogin.CLIENT_ID)
            .setEvaluationTime(NumericDate.fromSeconds(AdjustableClock.START.getEpochSecond()))
            .setRequireExpirationTime()
            .build();
    var claims =
        consumer.processToClaims(assertion(parameters(TestLogin.hs256(), Optional.empty())));
    assertThat(claims.getSubject()).isEqualTo(TestLogin.CLIENT_ID);
  }

  @Test
  @Tag("case-27")
  void isNotARequestObject() throws Exception {
    var assertion = assertion(parameters(TestLogin.es256(), Optional.empty()));
    assertThat(json(assertion, 0)).doesNotContainEntry("typ", "oauth-authz-req+jwt");
    assertThat(json(assertion, 1)).doesNotContainKeys("client_id", "response_type");
  }
}
