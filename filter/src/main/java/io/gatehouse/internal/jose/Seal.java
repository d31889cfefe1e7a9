package io.gatehouse.internal.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption of small values that leave this application and come back: AES-256-GCM
 * with a separate key for each message.
 *
 * <p>A sealed value is {@code version || 24 random bytes || ciphertext || tag} in base64url. The
 * first 12 random bytes select the message key, the other 12 are the GCM nonce. Only a repetition
 * of all 192 random bits would let an attacker tell two messages apart, which a flood of logins
 * never reaches (docs/decisions/0003-sealing.md). Version and place are authenticated too.
 */
public final class Seal {
  private static final byte VERSION = 1;
  private static final int SALT_BYTES = 12;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEADER_BYTES = 1 + SALT_BYTES + NONCE_BYTES;

  private final DerivedKey key;
  private final SecureRandom random;

  public Seal(DerivedKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Seals the content for one place.
   *
   * @param content the content to encrypt
   * @param place the place where the value belongs; the value opens only with the same place
   */
  public String close(byte[] content, String place) {
    var message = new byte[HEADER_BYTES + content.length + TAG_BYTES];
    var entropy = new byte[SALT_BYTES + NONCE_BYTES];
    random.nextBytes(entropy);
    message[0] = VERSION;
    System.arraycopy(entropy, 0, message, 1, entropy.length);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, message, place);
      cipher.doFinal(content, 0, content.length, message, HEADER_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is on every Java platform", e);
    }
    return Base64Url.encode(message);
  }

  /** Returns the content; empty for any text that {@link #close} did not write for this place. */
  public Optional<byte[]> open(String sealedText, String place) {
    return Base64Url.decode(sealedText)
        .filter(message -> message.length >= HEADER_BYTES + TAG_BYTES && message[0] == VERSION)
        .flatMap(message -> decrypt(message, place));
  }

  private Optional<byte[]> decrypt(byte[] message, String place) {
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, message, place);
      return Optional.of(cipher.doFinal(message, HEADER_BYTES, message.length - HEADER_BYTES));
    } catch (AEADBadTagException forged) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is on every Java platform", e);
    }
  }

  private Cipher cipher(int mode, byte[] message, String place) throws GeneralSecurityException {
    var messageKey = key.mac(Arrays.copyOfRange(message, 1, 1 + SALT_BYTES));
    var nonce = new GCMParameterSpec(TAG_BYTES * 8, message, 1 + SALT_BYTES, NONCE_BYTES);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(messageKey, "AES"), nonce);
    cipher.updateAAD(ByteBuffer.wrap(new byte[] {VERSION}));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
