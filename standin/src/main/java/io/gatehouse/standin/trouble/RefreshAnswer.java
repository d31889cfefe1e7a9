package io.gatehouse.standin.trouble;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.standin.key.SignedText;
import io.gatehouse.standin.key.SigningKey;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The answer to a successful refresh, with exactly the requested fault. */
final class RefreshAnswer {

  private final SigningKey key;

  RefreshAnswer(SigningKey key) {
    this.key = key;
  }

  String with(RefreshTrouble trouble, String answer) {
    try {
      var members = new LinkedHashMap<>(JSONObjectUtils.parse(answer));
      switch (trouble) {
        case NO_REFRESH_TOKEN -> members.remove("refresh_token");
        case NO_ID_TOKEN -> members.remove("id_token");
        default -> members.computeIfPresent("id_token", (name, idToken) -> with(trouble, idToken));
      }
      return JSONObjectUtils.toJSONString(members);
    } catch (ParseException e) {
      throw new IllegalStateException("the token endpoint answers 200 with JSON only", e);
    }
  }

  private String with(RefreshTrouble trouble, Object idToken) {
    try {
      var jws = JWSObject.parse(idToken.toString());
      var header = jws.getHeader().toJSONObject();
      var claims = Objects.requireNonNull(jws.getPayload().toJSONObject());
      return switch (trouble) {
        case BAD_ID_TOKEN_SIGNATURE -> SignedText.byUnrelatedKey(header, claims);
        case OTHER_SUBJECT -> signed(header, claims, "sub", "did:key:somebody-else");
        case OTHER_ISSUER -> signed(header, claims, "iss", "https://other-issuer.example");
        default -> idToken.toString();
      };
    } catch (ParseException e) {
      throw new IllegalStateException("an id_token is a JWS", e);
    }
  }

  private String signed(
      Map<String, Object> header, Map<String, Object> claims, String claim, String value) {
    var changed = new LinkedHashMap<>(claims);
    changed.put(claim, value);
    return SignedText.by(key.current(), header, changed);
  }
}
