package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class JwsSignerTest {
  private static final String SECRET = "0123456789abcdef".repeat(4);
  private static final KeyPair P256 = TestKeys.p256("signer");
  private static final KeyPair P384 = TestKeys.p384("signer");
  private static final KeyPair RSA = TestKeys.rsa(2048, "signer");
  private static final KeyPair ED25519 = TestKeys.ed25519(TestKeys.fixedRandom("signer"));

  private static KeyPair pair(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> P256;
      case ES384 -> P384;
      case EDDSA -> ED25519;
      default -> RSA;
    };
  }

  private static SigningKey read(KeyPair pair) throws UnusableKeyException {
    return KeyReader.read(
        TestKeys.pem(pair.getPrivate()).getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static Map<String, Object> claims() {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", "client");
    claims.put("exp", 1300819380L);
    claims.put("aud", "https://op.example/\u00e9");
    return claims;
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HS.*", "ES512", "ED25519"},
      mode = Mode.MATCH_NONE)
  void signsWhatItsPublicKeyVerifies(JwsAlgorithm algorithm) throws Exception {
    var key = read(pair(algorithm));
    var compact = JwsSigner.with(key, algorithm).sign(Optional.of("a+jwt"), claims());
    var jwt =
        new JwsVerifier(Set.of(algorithm))
            .verify(
                CompactJws.parse(compact),
                JsonWebKeys.parse(TestKeys.jwks(TestKeys.with(key.publicJwk(), "kid", key.kid()))));
    assertThat(jwt.string("aud")).hasValue("https://op.example/\u00e9");
    assertThat(jwt.typ()).hasValue("a+jwt");
  }

  @Test
  void writesTheHeaderAndTheClaimsInOrder() throws Exception {
    var key = read(P256).withKid("did:key:zDnae");
    var compact =
        JwsSigner.with(key, JwsAlgorithm.ES256)
            .sign(Optional.of("oauth-authz-req+jwt"), Map.of("iss", "client"));
    assertThat(RawJws.part(compact, 0))
        .isEqualTo("{\"alg\":\"ES256\",\"typ\":\"oauth-authz-req+jwt\",\"kid\":\"did:key:zDnae\"}");
    var ordered = JwsSigner.with(key, JwsAlgorithm.ES256).sign(Optional.empty(), claims());
    assertThat(RawJws.part(ordered, 1))
        .matches("\\{\"iss\":\"client\",\"exp\":1300819380,\"aud\":\"[^\"]+\"}");
    assertThat(RawJws.part(ordered, 0)).doesNotContain("typ");
  }

  @Test
  void signsHs256WithTheUtf8BytesOfTheSecretAndWithoutKid() throws Exception {
    var compact =
        JwsSigner.with(new ClientSecret(SECRET), JwsAlgorithm.HS256)
            .sign(Optional.empty(), Map.of("iss", "client"));
    assertThat(RawJws.part(compact, 0)).isEqualTo("{\"alg\":\"HS256\"}");
    assertThat(compact)
        .isEqualTo(
            RawJws.hs256(
                RawJws.part(compact, 0),
                RawJws.part(compact, 1),
                SECRET.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void signsByNoAlgorithmThatIsOnlyAccepted() throws Exception {
    var key = read(ED25519);
    assertThat(JwsSigner.with(key, JwsAlgorithm.EDDSA).algorithm().signs()).isTrue();
    assertThatThrownBy(() -> JwsSigner.with(key, JwsAlgorithm.ED25519))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageStartingWith("GH242 the key: Ed25519 does not fit the signing key.");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("case-61")
  void refusesAKeyThatDoesNotFitTheAlgorithm(JwsAlgorithm algorithm) throws Exception {
    var misfit = read(algorithm == JwsAlgorithm.ES256 ? P384 : P256);
    assertThatThrownBy(() -> JwsSigner.with(misfit, algorithm))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageStartingWith(
            "GH242 the key: " + algorithm.wireName() + " does not fit the signing key.");
  }

  @ParameterizedTest
  @EnumSource(names = "HS.*", mode = Mode.MATCH_NONE)
  @Tag("case-61")
  void refusesASecretForAnAlgorithmThatIsNoHmac(JwsAlgorithm algorithm) throws Exception {
    var secret = new ClientSecret(SECRET);
    assertThatThrownBy(() -> JwsSigner.with(secret, algorithm))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageStartingWith(
            "GH243 the key: " + algorithm.wireName() + " does not sign with a client secret.");
  }

  @ParameterizedTest
  @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
  @Tag("case-61")
  void needsASecretAsLongAsTheHash(JwsAlgorithm algorithm, int bytes) throws Exception {
    var enough = JwsSigner.with(new ClientSecret("s".repeat(bytes)), algorithm);
    assertThat(enough.algorithm()).isEqualTo(algorithm);
    assertThatThrownBy(() -> JwsSigner.with(new ClientSecret("s".repeat(bytes - 1)), algorithm))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining("at least " + bytes);
  }

  /** A provider that signs as SunEC does, and counts the signatures. */
  private static final class CountingProvider extends Provider {
    private static final long serialVersionUID = 1L;
    static final String NAME = "GatehouseCounting";

    private final transient AtomicInteger asked = new AtomicInteger();

    CountingProvider() {
      super(NAME, "1", "");
      putService(
          new Service(this, "Signature", "SHA256withECDSA", "-", List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
              asked.incrementAndGet();
              return Security.getProvider("SunEC")
                  .getService("Signature", "SHA256withECDSA")
                  .newInstance(parameter);
            }
          });
    }
  }

  private final CountingProvider counting = new CountingProvider();

  private JcaProvider installed() {
    Security.addProvider(counting);
    return JcaProvider.named(CountingProvider.NAME).orElseThrow();
  }

  @AfterEach
  void uninstall() {
    Security.removeProvider(CountingProvider.NAME);
  }

  @Test
  void letsTheProviderSignThatIsNamed() throws Exception {
    var key = read(P256);
    var signer = JwsSigner.with(key, JwsAlgorithm.ES256).by(installed());
    var tried = counting.asked.get();
    assertThat(tried).isPositive();

    var compact = signer.sign(Optional.empty(), claims());

    assertThat(counting.asked).hasValueGreaterThan(tried);
    assertThat(
            new JwsVerifier(Set.of(JwsAlgorithm.ES256))
                .verify(
                    CompactJws.parse(compact),
                    JsonWebKeys.parse(
                        TestKeys.jwks(TestKeys.with(key.publicJwk(), "kid", key.kid())))))
        .isNotNull();
  }

  @Test
  void refusesAProviderThatDoesNotKnowTheAlgorithm() throws Exception {
    var signer = JwsSigner.with(read(P384), JwsAlgorithm.ES384);
    var provider = installed();
    assertThatThrownBy(() -> signer.by(provider))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageStartingWith("GH206 the key: the security provider does not sign");
  }

  @Test
  void aSecretNeedsNoProvider() throws Exception {
    var signer = JwsSigner.with(new ClientSecret(SECRET), JwsAlgorithm.HS256);
    assertThat(signer.by(installed()).sign(Optional.empty(), claims()))
        .isEqualTo(signer.sign(Optional.empty(), claims()));
    assertThat(counting.asked).hasValue(0);
  }

  @Test
  void thereIsNoProviderOfAnotherName() {
    assertThat(JcaProvider.named("SunEc2")).isEmpty();
    assertThat(JcaProvider.names()).contains("SunEC");
  }
}
