package io.gatehouse.standin.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DidKeyTest {

  private static final String RFC7515_A3 =
      "did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSov";
  private static final ECKey RFC7515_A3_KEY =
      new ECKey.Builder(
              Curve.P_256,
              new Base64URL("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
              new Base64URL("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"))
          .build();

  @Test
  void encodesTheKeyOfRfc7515A3() {
    assertThat(DidKey.encode(RFC7515_A3_KEY)).isEqualTo(RFC7515_A3);
  }

  @Test
  void decodesTheKeyOfRfc7515A3() {
    var key = DidKey.decode(RFC7515_A3);

    assertThat(key.getX()).isEqualTo(RFC7515_A3_KEY.getX());
    assertThat(key.getY()).isEqualTo(RFC7515_A3_KEY.getY());
    assertThat(key.getKeyID()).isEqualTo(RFC7515_A3);
  }

  @Test
  void decodesWhatItEncodes() throws Exception {
    for (int i = 0; i < 20; i++) {
      var key = new ECKeyGenerator(Curve.P_256).generate();
      var decoded = DidKey.decode(DidKey.encode(key));
      assertThat(decoded.toECPublicKey()).isEqualTo(key.toECPublicKey());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "did:web:example.com",
        "did:key:",
        "did:key:z",
        "did:key:z0",
        "did:key:mDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSov",
        "did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSo",
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSov#key"
      })
  void refusesWhatIsNoP256Key(String did) {
    assertThatIllegalArgumentException().isThrownBy(() -> DidKey.decode(did));
  }
}
