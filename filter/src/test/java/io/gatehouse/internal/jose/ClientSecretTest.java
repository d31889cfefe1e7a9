package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-61")
class ClientSecretTest {
  private static final String SECRET = "a".repeat(31);

  @Test
  void acceptsASecretOf32Bytes() throws UnusableKeyException {
    assertThat(new ClientSecret(SECRET + "b").keyingMaterial())
        .isEqualTo((SECRET + "b").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void countsUtf8BytesAndNotCharacters() throws UnusableKeyException {
    assertThat(new ClientSecret("\u00e9".repeat(16)).length()).isEqualTo(32);
  }

  @Test
  void rejectsASecretOf31Bytes() {
    assertThatThrownBy(() -> new ClientSecret(SECRET))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageStartingWith(
            "GH211 the key has 31 bytes; HMAC needs a secret of at least 32 bytes.")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void isNotChangedByWhoReadsItsBytes() throws UnusableKeyException {
    var secret = new ClientSecret(SECRET + "b");
    secret.keyingMaterial()[0] = 0;
    assertThat(secret.keyingMaterial()[0]).isEqualTo((byte) 'a');
  }
}
