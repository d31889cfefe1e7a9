package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** JWTs and keys of whatever content: a value, or the one exception that is declared. */
class JwtPropertyTest {
  private static final String CANARY = "canary";
  private static final KeyPair KEY = TestKeys.p256("properties");
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\"}";
  private static final String PAYLOAD = "{\"iss\":\"canary\",\"sub\":\"canary\"}";
  private static final String VALID = RawJws.signed(HEADER, PAYLOAD, KEY.getPrivate());
  private static final String JWKS = TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic(), "k1"));
  private static final JwsVerifier VERIFIER = new JwsVerifier(Set.of(JwsAlgorithm.ES256));

  @Provide
  Arbitrary<String> changed() {
    return Mutations.of(VALID);
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<String> changedKeys() {
    return Mutations.of(JWKS);
  }

  private static JsonWebKeys keys() throws UnusableKeyException {
    return JsonWebKeys.parse(JWKS);
  }

  private static Optional<VerifiedJwt> verified(String text) throws Exception {
    try {
      return Optional.of(VERIFIER.verify(CompactJws.parse(text), keys()));
    } catch (RejectedJwtException e) {
      assertThat(e.rule()).doesNotContain(CANARY).hasSizeLessThan(200);
      return Optional.empty();
    } catch (UnknownKeyException e) {
      return Optional.empty();
    }
  }

  @Property
  @Tag("case-52")
  void aSignedJwtThatWasChangedAnywhereIsRefused(@ForAll("changed") String changed)
      throws Exception {
    assertThat(verified(VALID)).isPresent();
    assertThat(verified(changed)).isEmpty();
  }

  @Property
  @Tag("case-56")
  @Tag("case-58")
  void whateverTextIsNoJwt(@ForAll("texts") String text) throws Exception {
    assertThat(verified(text)).isEmpty();
  }

  @Property
  @Tag("case-56")
  void whateverHeaderUnderARightSignatureIsReadOrRefused(@ForAll("texts") String text)
      throws Exception {
    assertThat(verified(RawJws.signed(text, PAYLOAD, KEY.getPrivate()))).isEmpty();
    var member = HEADER.replace("}", ",\"x\":" + text + "}");
    verified(RawJws.signed(member, PAYLOAD, KEY.getPrivate()));
  }

  @Property
  @Tag("case-55")
  void whateverPayloadUnderARightSignatureIsReadOrRefused(@ForAll("texts") String text)
      throws Exception {
    verified(RawJws.signed(HEADER, text, KEY.getPrivate()));
    var claims = "{\"iss\":" + text + ",\"exp\":" + text + ",\"aud\":" + text + "}";
    var jwt = verified(RawJws.signed(HEADER, claims, KEY.getPrivate()));
    if (jwt.isPresent()) {
      read(jwt.get());
    }
  }

  private static void read(VerifiedJwt jwt) {
    for (var claim : new String[] {"iss", "exp", "aud", "nbf"}) {
      try {
        jwt.string(claim);
      } catch (RejectedJwtException notAString) {
        assertThat(notAString.rule()).startsWith(claim);
      }
      try {
        jwt.instant(claim);
      } catch (RejectedJwtException notADate) {
        assertThat(notADate.rule()).startsWith(claim);
      }
    }
    try {
      jwt.audience();
    } catch (RejectedJwtException neither) {
      assertThat(neither.rule()).startsWith("aud");
    }
    assertThat(jwt.hasEvent("iss")).isFalse();
  }

  @Property
  @Tag("case-59")
  void whateverJwksIsReadOrRefused(@ForAll("texts") String text) {
    assertThatThrownBy(() -> JsonWebKeys.parse(text)).isInstanceOf(UnusableKeyException.class);
    var member = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k1\",\"x\":" + text + "}";
    assertThatThrownBy(() -> JsonWebKeys.parse("{\"keys\":[" + member + "]}"))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageNotContaining(CANARY);
  }

  @Property
  @Tag("case-59")
  void aJwksThatWasChangedVerifiesWithTheSameKeyOrWithNone(@ForAll("changedKeys") String changed)
      throws Exception {
    try {
      VERIFIER.verify(CompactJws.parse(VALID), JsonWebKeys.parse(changed));
      // The coordinates are what they were: what changed is beside them.
      assertThat(JsonWebKeys.parse(changed).keysFor(CompactJws.parse(VALID)))
          .containsExactly(KEY.getPublic());
    } catch (UnusableKeyException | UnknownKeyException | RejectedJwtException refused) {
      assertThat(refused).isNotNull();
    }
  }

  @Property
  @Tag("case-91")
  void whatWasSealedOpensUnchangedAndAtItsPlaceOnly(
      @ForAll("texts") String content, @ForAll("texts") String place) {
    var seal = seal();
    var closed = seal.close(content.getBytes(StandardCharsets.UTF_8), place);
    assertThat(seal.open(closed, place))
        .hasValueSatisfying(
            it -> assertThat(it).isEqualTo(content.getBytes(StandardCharsets.UTF_8)));
    assertThat(seal.open(closed, place + "x")).isEmpty();
    assertThat(Base64Url.decode(closed)).isPresent();
    assertThat(closed.length()).isLessThan(content.length() * 5 + 80);
  }

  private static Seal seal() {
    return new Seal(
        DerivedKey.extract(new byte[] {1}, new byte[] {2}), TestKeys.fixedRandom("seal"));
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Mutations.anyBytes();
  }

  @Property
  @Tag("case-45")
  void nestingIsLookedAtWhateverTheBytes(@ForAll("bytes") byte[] bytes) {
    // A text of 100,000 levels is refused by the form alone; others go on to the parser.
    assertThat(JsonNesting.isOneShallowValue(utf8("[".repeat(101)))).isFalse();
    assertThat(JsonNesting.isOneShallowValue(bytes)).isIn(true, false);
    assertThat(
            JsonNesting.isOneShallowValue(utf8("{}x" + new String(bytes, StandardCharsets.UTF_8))))
        .isFalse();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
