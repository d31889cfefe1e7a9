package io.gatehouse.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.LoggedIn;
import io.gatehouse.internal.jose.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Tokens in their stored form, which nodes also send: read back unchanged, or refused. */
@Tag("case-66")
class SessionFormPropertyTest {
  private static final String CLAIMS = "{\"iss\":\"https://op.example\",\"sub\":\"user-1\"}";
  private static final TokenSet SET = set("canary-access", Optional.of("canary-refresh"), "openid");
  private static final byte[] FORM = TokenSetForm.toBytes(SET);
  private static final byte[] STORED = stored(new SessionTokens("realm", "", 7, SET));

  private static TokenSet set(String access, Optional<String> refresh, String scope) {
    var user = new VerifiedUser(CLAIMS, Set.of("a", "b c"));
    var idToken = "e30." + LoggedIn.base64Url(CLAIMS) + ".c2ln";
    return new TokenSet(access, idToken, refresh, scope, 1, 2, user, 3);
  }

  private static byte[] stored(Object tokens) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(tokens);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Mutations.anyBytes();
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<byte[]> changedForm() {
    return Mutations.of(FORM);
  }

  // Between what the container reads: the description of the class, and the end of the object.
  @Provide
  Arbitrary<byte[]> changedContent() {
    var start = new String(STORED, StandardCharsets.ISO_8859_1).indexOf("realm") - 16;
    var content = Arrays.copyOfRange(STORED, start, STORED.length - 1);
    return Mutations.of(content)
        .filter(it -> it.length == content.length)
        .map(
            it -> {
              var whole = STORED.clone();
              System.arraycopy(it, 0, whole, start, it.length);
              return whole;
            });
  }

  @Property
  void whatNodesSendComesBackAsItWas(
      @ForAll("texts") String access, @ForAll("texts") String refresh, @ForAll("texts") String it) {
    var written = set(access, Optional.of(refresh).filter(text -> !text.isEmpty()), it);
    var read = TokenSetForm.fromBytes(TokenSetForm.toBytes(written)).orElseThrow();
    assertThat(read.accessToken()).isEqualTo(utf8(access));
    assertThat(read.refreshToken().orElse("")).isEqualTo(utf8(refresh));
    assertThat(read.scope()).isEqualTo(utf8(it));
    assertThat(read.idToken()).isEqualTo(written.idToken());
    assertThat(read.user().roles()).isEqualTo(written.user().roles());
    assertThat(read.user().claims()).isEqualTo(written.user().claims());
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Property
  void whateverBytesComeFromAnotherNodeAreReadOrNothing(@ForAll("bytes") byte[] bytes) {
    assertThat(TokenSetForm.fromBytes(bytes)).isEmpty();
  }

  @Property
  void aFormThatWasChangedIsReadOrNothing(@ForAll("changedForm") byte[] changed) {
    assertThat(TokenSetForm.fromBytes(FORM)).isPresent();
    TokenSetForm.fromBytes(changed)
        .ifPresent(it -> assertThat(it.toString()).isEqualTo("TokenSet[hidden]"));
  }

  @Property
  void aStoredSessionWhoseContentWasChangedIsReadOrNobodys(@ForAll("changedContent") byte[] changed)
      throws Exception {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(changed))) {
      var tokens = (SessionTokens) in.readObject();
      assertThat(tokens.toString()).doesNotContain("canary-access", "canary-refresh");
    }
  }
}
