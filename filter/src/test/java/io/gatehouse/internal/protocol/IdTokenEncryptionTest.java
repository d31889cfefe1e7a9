package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.jose.DecryptionKey;
import io.gatehouse.internal.jose.JweAlgorithm;
import io.gatehouse.internal.jose.JweDecrypter;
import io.gatehouse.internal.jose.JweEncryption;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.FakeCalls;
import io.gatehouse.internal.server.LoginFailedException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ID tokens that are encrypted if encryption is configured, and only signed otherwise. */
class IdTokenEncryptionTest {
  private static final KeyPair SERVER_KEY = TestKeys.p256("the server's key");
  private static final KeyPair OURS = TestKeys.p256("our decryption key");
  private static final long NOW = AdjustableClock.START.getEpochSecond();

  private final AdjustableClock clock = new AdjustableClock();
  private final PendingLogin login = TestLogin.begin(clock);
  private final AuthorizationServer server =
      new AuthorizationServer(
          TestLogin.ISSUER,
          TestLogin.ENDPOINTS,
          new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
          new FakeCalls()
              .serve(
                  TestLogin.ISSUER + "/jwks",
                  FakeCalls.answer(
                      200, TestKeys.jwks(TestKeys.publicJwk(SERVER_KEY.getPublic(), "k1")))),
          clock,
          new BoundedWait(Duration.ofSeconds(1), 100));
  private final IdTokenEncryption agreed = new IdTokenEncryption(Optional.of(decrypter()));
  private final String signed = signed(SERVER_KEY);

  private static JweDecrypter decrypter() {
    try {
      var jwk = TestKeys.json(TestKeys.privateJwk(OURS)).getBytes(StandardCharsets.UTF_8);
      return JweDecrypter.with(
          DecryptionKey.read(jwk), JweAlgorithm.ECDH_ES_A256KW, JweEncryption.A256GCM);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String signed(KeyPair key) {
    return RawJws.signed(
        "{\"alg\":\"ES256\",\"kid\":\"k1\"}",
        TestKeys.json(
            Map.of(
                "iss",
                TestLogin.ISSUER,
                "sub",
                "user-1",
                "aud",
                TestLogin.CLIENT_ID,
                "exp",
                NOW + 60,
                "iat",
                NOW,
                "nonce",
                login.nonce().value())),
        key.getPrivate());
  }

  private static String encrypted(String signed) {
    var jwe = new JsonWebEncryption();
    jwe.setAlgorithmHeaderValue("ECDH-ES+A256KW");
    jwe.setEncryptionMethodHeaderParameter("A256GCM");
    jwe.setContentTypeHeaderValue("JWT");
    jwe.setKey(OURS.getPublic());
    jwe.setPayload(signed);
    try {
      return jwe.getCompactSerialization();
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  private IdTokenVerifier verifier(IdTokenEncryption encryption) {
    return new IdTokenVerifier(server, TestLogin.ISSUER, encryption, TestLogin.CLOCK_SKEW, clock);
  }

  private static TokenResponse answered(String idToken) throws LoginFailedException {
    var body =
        Map.<String, Object>of("access_token", "a", "id_token", idToken, "token_type", "Bearer");
    return TokenResponse.parse(TestKeys.json(body).getBytes(StandardCharsets.UTF_8));
  }

  private IdToken verify(IdTokenEncryption encryption, String idToken) throws LoginFailedException {
    return verifier(encryption).verify(answered(idToken), login, RequestedAuthentication.ANY);
  }

  private void assertRejected(IdTokenEncryption encryption, String idToken, String rule) {
    assertThatThrownBy(() -> verify(encryption, idToken))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.INVALID_ANSWER);
              assertThat(e.reason()).contains(rule);
            });
  }

  // RP-Initiated Logout 1.0 section 2: as a hint goes the signed token that was inside
  @Test
  void yieldsTheSignedTokenThatWasInside() throws LoginFailedException {
    assertThat(verify(agreed, encrypted(signed)).compact()).isEqualTo(signed);
    assertThat(verify(TestLogin.SIGNED_ONLY, signed).compact()).isEqualTo(signed);
  }

  @Test
  @Tag("case-98")
  void rejectsATokenThatIsNotAsWasAgreedOn() {
    assertRejected(agreed, signed, "not encrypted");
    assertRejected(TestLogin.SIGNED_ONLY, encrypted(signed), "not a JWS");
  }

  // The key is public, so that anybody can encrypt to it
  @Test
  @Tag("case-98")
  void aTokenThatIsEncryptedHasToBeSignedAllTheSame() {
    assertRejected(agreed, encrypted(signed(OURS)), "the signature is wrong");
    assertRejected(agreed, encrypted("{\"sub\":\"user-1\"}"), "not a JWS");
    assertRejected(agreed, encrypted(encrypted(signed)), "not a JWS");
  }

  @Test
  @Tag("case-98")
  void aRefreshedTokenIsEncryptedToo() throws LoginFailedException {
    var nonce = login.nonce().value();
    var verifier = verifier(agreed);
    assertThat(
            verifier
                .verifyRefreshed(
                    answered(encrypted(signed)), login.client(), "user-1", nonce, Optional.empty())
                .map(IdToken::compact))
        .contains(signed);
    assertThatThrownBy(
            () ->
                verifier.verifyRefreshed(
                    answered(signed), login.client(), "user-1", nonce, Optional.empty()))
        .hasMessageContaining("not encrypted");
    assertThat(verifier.isRepeated(answered(encrypted(signed)), signed)).isTrue();
    assertThat(verifier.isRepeated(answered(signed), signed)).as("not encrypted").isFalse();
  }

  @Test
  void aLogoutTokenMayBeEncryptedOrSignedOnly() throws Exception {
    assertThat(agreed.signedLogoutToken(encrypted(signed))).isEqualTo(signed);
    assertThat(agreed.signedLogoutToken(signed)).isEqualTo(signed);
    assertThat(TestLogin.SIGNED_ONLY.signedLogoutToken(encrypted(signed)).split("\\.", -1))
        .as("no JWS, which its parser says")
        .hasSize(5);
  }
}
