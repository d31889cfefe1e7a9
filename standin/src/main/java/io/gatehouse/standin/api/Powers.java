package io.gatehouse.standin.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The powers in an access token's {@code vc}, on which an API bases its decisions. */
final class Powers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Powers() {}

  static boolean allow(JWTClaimsSet accessToken, String function, String action) {
    return elements(vc(accessToken).at("/credentialSubject/mandate/power"))
        .filter(power -> power.path("function").asText().equals(function))
        .flatMap(power -> actions(power.path("action")))
        .anyMatch(allowed -> allowed.asText().equals(action));
  }

  // The claim is an object or, with standin.vc-as-string, its text.
  private static JsonNode vc(JWTClaimsSet accessToken) {
    var vc = accessToken.getClaim("vc");
    try {
      return vc instanceof String text ? JSON.readTree(text) : JSON.valueToTree(vc);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("we have signed it ourselves", e);
    }
  }

  private static Stream<JsonNode> actions(JsonNode action) {
    return action.isArray() ? elements(action) : Stream.of(action);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
