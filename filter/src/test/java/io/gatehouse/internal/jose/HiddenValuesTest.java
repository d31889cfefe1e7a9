package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prints each type that holds a secret or a token, and looks for the value. */
@Tag("case-89")
class HiddenValuesTest {
  private static final String SECRET = "canary-canary-canary-canary-canary";
  private static final KeyPair KEY = TestKeys.p256("hidden");

  static Stream<Arguments> secretBearing() throws Exception {
    var jwk = TestKeys.privateJwk(KEY);
    var d = String.valueOf(jwk.get("d"));
    var material = Base64Url.decode(d).orElseThrow();
    var signingKey =
        KeyReader.read(TestKeys.json(jwk).getBytes(StandardCharsets.UTF_8), Optional.empty());
    var decryptionKey = DecryptionKey.read(TestKeys.json(jwk).getBytes(StandardCharsets.UTF_8));
    var derived = DerivedKey.extract(new byte[] {1}, material);
    var compact =
        RawJws.signed("{\"alg\":\"ES256\"}", "{\"sub\":\"" + SECRET + "\"}", KEY.getPrivate());
    var jws = CompactJws.parse(compact);
    var verified =
        new JwsVerifier(Set.of(JwsAlgorithm.ES256))
            .verify(jws, JsonWebKeys.parse(TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic()))));
    var privateNumbers = List.of(d, new BigInteger(1, material).toString(), hex(material));
    return Stream.of(
        Arguments.of(new ClientSecret(SECRET), List.of(SECRET)),
        Arguments.of(signingKey, privateNumbers),
        Arguments.of(decryptionKey, privateNumbers),
        Arguments.of(
            JweDecrypter.with(decryptionKey, JweAlgorithm.ECDH_ES, JweEncryption.A256GCM),
            privateNumbers),
        Arguments.of(JwsSigner.with(signingKey, JwsAlgorithm.ES256), privateNumbers),
        Arguments.of(JwsSigner.with(new ClientSecret(SECRET), JwsAlgorithm.HS256), List.of(SECRET)),
        Arguments.of(derived, List.of(hex(derived.expand(new byte[0], 32)))),
        Arguments.of(new Seal(derived, TestKeys.fixedRandom("hidden")), privateNumbers),
        Arguments.of(jws, List.of(compact, compact.split("\\.", -1)[1])),
        Arguments.of(verified, List.of(SECRET)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @MethodSource("secretBearing")
  void printsItsTypeAndNothingOfItsValue(Object holder, List<String> values) {
    assertThat(holder.toString())
        .contains(holder.getClass().getSimpleName())
        .doesNotContain(values);
    assertThat(Map.of("it", holder).toString()).doesNotContain(values);
  }
}
