package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of the specifications, letter for letter. */
class SpecVectorsTest {
  private static final String RFC_7515_PAYLOAD =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
          + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  private static final Map<String, Object> A2_KEY =
      Map.of(
          "kty",
          "RSA",
          "n",
          "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddx"
              + "HmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs"
              + "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSH"
              + "SXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV"
              + "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8"
              + "NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
          "e",
          "AQAB");
  private static final String A2_JWS =
      "eyJhbGciOiJSUzI1NiJ9."
          + RFC_7515_PAYLOAD
          + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
          + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
          + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
          + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
          + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
          + "p0igcN_IoypGlUPQGe77Rw";
  private static final Map<String, Object> A3_KEY =
      Map.of(
          "kty", "EC",
          "crv", "P-256",
          "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
          "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
  private static final String A3_JWS =
      "eyJhbGciOiJFUzI1NiJ9."
          + RFC_7515_PAYLOAD
          + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
          + "pmWQxfKTUJqPP3-Kg6NU1Q";
  private static final String ED25519_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  private static final String ED25519_JWS =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
          + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt"
          + "9g7sVvpAr_MuM0KAg";

  private static final String A4_X =
      "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk";
  private static final String A4_Y =
      "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2";
  private static final String A4_JWS =
      "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA."
          + "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZq"
          + "wqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8Kp"
          + "EHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";

  private static VerifiedJwt verify(String jws, JwsAlgorithm algorithm, Map<String, Object> key)
      throws Exception {
    return new JwsVerifier(Set.of(algorithm))
        .verify(CompactJws.parse(jws), JsonWebKeys.parse(TestKeys.jwks(key)));
  }

  /** Returns the same JWS with another last-but-one character of the signature. */
  private static String altered(String jws) {
    var at = jws.length() - 2;
    return jws.substring(0, at) + (jws.charAt(at) == 'A' ? 'B' : 'A') + jws.substring(at + 1);
  }

  @Test
  void rfc7515A1Hs256IsReadAndAcceptedByNoVerifier() throws Exception {
    var jws =
        CompactJws.parse(
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                + RFC_7515_PAYLOAD
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assertThat(jws.algorithm()).isEqualTo(JwsAlgorithm.HS256);
    assertThat(jws.typ()).hasValue("JWT");
    var keys = JsonWebKeys.parse(TestKeys.jwks(A3_KEY));
    assertThatThrownBy(() -> new JwsVerifier(Set.of(JwsAlgorithm.ES256)).verify(jws, keys))
        .isInstanceOf(RejectedJwtException.class);
  }

  @Test
  void rfc7515A2Rs256IsAccepted() throws Exception {
    assertThat(verify(A2_JWS, JwsAlgorithm.RS256, A2_KEY).string("iss")).hasValue("joe");
  }

  @Test
  void rfc7515A2Rs256IsRejectedWithAnotherSignature() {
    assertThatThrownBy(() -> verify(altered(A2_JWS), JwsAlgorithm.RS256, A2_KEY))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessageContaining("signature");
  }

  @Test
  void rfc7515A3Es256IsAccepted() throws Exception {
    assertThat(verify(A3_JWS, JwsAlgorithm.ES256, A3_KEY).string("iss")).hasValue("joe");
  }

  @Test
  void rfc7515A3Es256IsRejectedWithAnotherSignature() {
    assertThatThrownBy(() -> verify(altered(A3_JWS), JwsAlgorithm.ES256, A3_KEY))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessageContaining("signature");
  }

  // Its payload is no JSON object: that this is what is wrong shows that the signature was right.
  @Test
  void rfc7515A4Es512SignatureIsRight() {
    var key = Map.<String, Object>of("kty", "EC", "crv", "P-521", "x", A4_X, "y", A4_Y);
    assertThatThrownBy(() -> verify(A4_JWS, JwsAlgorithm.ES512, key))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessage("the payload is not one JSON object (RFC 7519 7.2)");
    assertThatThrownBy(() -> verify(altered(A4_JWS), JwsAlgorithm.ES512, key))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessageContaining("signature");
  }

  @Test
  void rfc7515A5UnsecuredIsRejected() {
    assertThatThrownBy(() -> CompactJws.parse("eyJhbGciOiJub25lIn0." + RFC_7515_PAYLOAD + "."))
        .isInstanceOf(RejectedJwtException.class);
  }

  // Its payload is no JSON object: that this is what is wrong shows that the signature was right.
  @Test
  void rfc8037A4Ed25519SignatureIsRight() {
    var key = Map.<String, Object>of("kty", "OKP", "crv", "Ed25519", "x", ED25519_X);
    assertThatThrownBy(() -> verify(ED25519_JWS, JwsAlgorithm.EDDSA, key))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessageContaining("payload is not one JSON object");
    assertThatThrownBy(() -> verify(altered(ED25519_JWS), JwsAlgorithm.EDDSA, key))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessageContaining("signature");
  }

  @Test
  void rfc8037A3ThumbprintIsTheKidOfTheKeyOfA1() throws Exception {
    var key =
        Map.<String, Object>of(
            "kty", "OKP",
            "crv", "Ed25519",
            "d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
            "x", ED25519_X);
    assertThat(read(key).kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  // RFC 7638 3.1 gives the public half; RFC 7517 A.2 has the same key with its private half.
  @Test
  void rfc7638Section31ThumbprintIsTheKidOfAKeyWithoutOne() throws Exception {
    var key =
        Map.<String, Object>of(
            "kty",
            "RSA",
            "n",
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtV"
                + "T86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn6"
                + "4tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_F"
                + "DW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1"
                + "n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPks"
                + "INHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "e",
            "AQAB",
            "d",
            "X4cTteJY_gn4FYPsXB8rdXix5vwsg1FLN5E3EaG6RJoVH-HLLKD9"
                + "M7dx5oo7GURknchnrRweUkC7hT5fJLM0WbFAKNLWY2vv7B6NqXSzUvxT0_YSfqij"
                + "wp3RTzlBaCxWp4doFk5N2o8Gy_nHNKroADIkJ46pRUohsXywbReAdYaMwFs9tv8d"
                + "_cPVY3i07a3t8MN6TNwm0dSawm9v47UiCl3Sk5ZiG7xojPLu4sbg1U2jx4IBTNBz"
                + "nbJSzFHK66jT8bgkuqsk0GjskDJk19Z4qwjwbsnn4j2WBii3RL-Us2lGVkY8fkFz"
                + "me1z0HbIkfz0Y6mqnOYtqc0X4jfcKoAC8Q");
    assertThat(read(key).kid()).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  @Test
  void didKeyOfTheKeyOfRfc7515A3() throws Exception {
    var key = TestKeys.with(A3_KEY, "d", "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
    assertThat(read(key).didKey())
        .isEqualTo("did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSov");
  }

  private static SigningKey read(Map<String, Object> jwk) throws UnusableKeyException {
    return KeyReader.read(TestKeys.json(jwk).getBytes(StandardCharsets.UTF_8), Optional.empty());
  }
}
