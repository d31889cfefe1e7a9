package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-91")
class SealTest {
  private static final byte[] CONTENT = "where to return".getBytes(StandardCharsets.UTF_8);
  private static final String PLACE = "/shop/gatehouse";

  private final Seal seal = new Seal(key("one"), TestKeys.fixedRandom("seal"));

  private static DerivedKey key(String material) {
    return DerivedKey.extract(new byte[] {1}, material.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void opensWhatItClosed() {
    assertThat(seal.open(seal.close(CONTENT, PLACE), PLACE)).hasValue(CONTENT);
    assertThat(seal.open(seal.close(new byte[0], ""), "")).hasValue(new byte[0]);
  }

  // The nodes of a cluster may be of two releases while one follows the other.
  @Test
  void opensWhatIsWrittenAsItsJavadocSays() throws Exception {
    var salt = "twelve bytes".getBytes(StandardCharsets.UTF_8);
    var nonce = "and 12 more.".getBytes(StandardCharsets.UTF_8);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key("one").mac(salt), "AES"),
        new GCMParameterSpec(128, nonce));
    cipher.updateAAD(("\u0001" + PLACE).getBytes(StandardCharsets.UTF_8));
    var message = new ByteArrayOutputStream();
    message.write(1);
    message.writeBytes(salt);
    message.writeBytes(nonce);
    message.writeBytes(cipher.doFinal(CONTENT));
    assertThat(seal.open(Base64Url.encode(message.toByteArray()), PLACE)).hasValue(CONTENT);
  }

  @Test
  void opensWhatAnotherNodeWithTheSameKeyClosed() {
    var otherNode = new Seal(key("one"), TestKeys.fixedRandom("other node"));
    assertThat(otherNode.open(seal.close(CONTENT, PLACE), PLACE)).hasValue(CONTENT);
  }

  @Test
  void hidesTheContent() {
    var sealed = Base64Url.decode(seal.close(CONTENT, PLACE)).orElseThrow();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("return");
  }

  @Test
  @Tag("case-23")
  @Tag("case-30")
  void refusesEveryFlippedBit() {
    var sealed = Base64Url.decode(seal.close(CONTENT, PLACE)).orElseThrow();
    for (var i = 0; i < sealed.length; i++) {
      for (var bit = 0; bit < 8; bit++) {
        var forged = sealed.clone();
        forged[i] ^= (byte) (1 << bit);
        assertThat(seal.open(Base64Url.encode(forged), PLACE)).as("byte " + i).isEmpty();
      }
    }
  }

  @Test
  @Tag("case-30")
  void refusesEveryPrefixAndAnySuffix() {
    var sealed = seal.close(CONTENT, PLACE);
    for (var length = 0; length < sealed.length(); length++) {
      assertThat(seal.open(sealed.substring(0, length), PLACE)).as("length " + length).isEmpty();
    }
    assertThat(seal.open(sealed + "A", PLACE)).isEmpty();
    assertThat(seal.open(sealed + "AAAA", PLACE)).isEmpty();
  }

  @Test
  @Tag("case-30")
  void refusesAnotherPlace() {
    var sealed = seal.close(CONTENT, PLACE);
    assertThat(seal.open(sealed, PLACE + "/")).isEmpty();
    assertThat(seal.open(sealed, "/SHOP/gatehouse")).isEmpty();
    assertThat(seal.open(sealed, "")).isEmpty();
  }

  @Test
  @Tag("case-23")
  void refusesAnotherKey() {
    var other = new Seal(key("another"), TestKeys.fixedRandom("seal"));
    assertThat(other.open(seal.close(CONTENT, PLACE), PLACE)).isEmpty();
  }

  @Test
  @Tag("case-30")
  void refusesAnotherVersion() {
    var sealed = Base64Url.decode(seal.close(CONTENT, PLACE)).orElseThrow();
    sealed[0] = 2;
    assertThat(seal.open(Base64Url.encode(sealed), PLACE)).isEmpty();
  }

  @Test
  void refusesAnotherSpellingOfTheSameBytes() {
    // 1 + 24 + 15 + 16 bytes are 56, so the last character has two unused bits
    var sealed = seal.close(CONTENT, PLACE);
    var last = sealed.length() - 1;
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var neighbour = alphabet.charAt(alphabet.indexOf(sealed.charAt(last)) + 1);
    assertThat(Base64.getUrlDecoder().decode(sealed.substring(0, last) + neighbour))
        .isEqualTo(Base64.getUrlDecoder().decode(sealed));
    assertThat(seal.open(sealed.substring(0, last) + neighbour, PLACE)).isEmpty();
    assertThat(seal.open(sealed + "=", PLACE)).isEmpty();
  }

  @Test
  void neverClosesTheSameContentToTheSameText() {
    var seen = new HashSet<String>();
    for (var i = 0; i < 10_000; i++) {
      var sealed = seal.close(CONTENT, PLACE);
      assertThat(seen.add(sealed.substring(0, 33))).as("the random bytes repeat").isTrue();
      assertThat(seen.add(sealed.substring(34))).as("the ciphertext repeats").isTrue();
    }
  }

  /** A key is made of each salt, so that a nonce would have to come again with its own salt. */
  @Test
  @Tag("case-91")
  void manySealsHaveAsManyNonces() {
    var nonces = new long[Many.TIMES];
    for (var i = 0; i < nonces.length; i++) {
      var message = Base64Url.decode(seal.close(new byte[0], "")).orElseThrow();
      nonces[i] = ByteBuffer.wrap(message).getLong(13);
    }
    Arrays.sort(nonces);
    for (var i = 1; i < nonces.length; i++) {
      if (nonces[i] == nonces[i - 1]) {
        throw new AssertionError("a nonce came again");
      }
    }
  }
}
