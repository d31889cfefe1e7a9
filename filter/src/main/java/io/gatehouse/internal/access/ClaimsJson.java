package io.gatehouse.internal.access;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Converts the JSON of verified claims to plain, unmodifiable Java values. */
public final class ClaimsJson {
  // Json.createReader looks up its provider at every call; a factory does so once. A JSON text
  // inside a claim has not passed the strict parser of the JWT, and of two members of one name each
  // provider may take another (RFC 8259 section 4).
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private static final Set<String> OF_THE_LOGIN =
      Set.of(
          "iss",
          "sub",
          "aud",
          "azp",
          "iat",
          "nbf",
          "exp",
          "jti",
          "nonce",
          "auth_time",
          "acr",
          "amr",
          "sid",
          "at_hash",
          "c_hash",
          "s_hash");

  private ClaimsJson() {}

  /**
   * Parses the members of one JSON object.
   *
   * @throws IllegalArgumentException if the text is not one JSON object with distinct names, or
   *     exceeds the parser's limits
   */
  public static Map<String, Object> parse(String json) {
    try (var reader = READERS.createReader(new StringReader(json))) {
      return map(reader.readObject());
    } catch (RuntimeException unreadable) {
      // Without the cause: the parser's message may quote the claims.
      throw new IllegalArgumentException("the claims are not one JSON object");
    }
  }

  /**
   * Returns the claims of a user after a later ID token. Its claims are newer, but claims about the
   * login itself are kept unchanged, and claims that it omits are kept. A {@code sid} is added to
   * claims without one, since the authorization server ends the session by it.
   */
  public static String updated(String claims, String laterClaims) {
    try (var reader = READERS.createReader(new StringReader(claims));
        var laterReader = READERS.createReader(new StringReader(laterClaims))) {
      var known = reader.readObject();
      var hasSid = !known.getString("sid", "").isEmpty();
      var updated = Json.createObjectBuilder(known);
      laterReader
          .readObject()
          .forEach(
              (name, value) -> {
                if (!OF_THE_LOGIN.contains(name) || (name.equals("sid") && !hasSid)) {
                  updated.add(name, value);
                }
              });
      return updated.build().toString();
    }
  }

  private static Map<String, Object> map(JsonObject object) {
    var map = new LinkedHashMap<String, Object>();
    object.forEach(
        (name, value) -> {
          if (value.getValueType() != JsonValue.ValueType.NULL) {
            map.put(name, plain(value));
          }
        });
    return Collections.unmodifiableMap(map);
  }

  private static Object plain(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case NUMBER -> number((JsonNumber) value);
      case OBJECT -> map(value.asJsonObject());
      case ARRAY -> list(value.asJsonArray());
      case TRUE -> true;
      case FALSE, NULL -> false;
    };
  }

  private static Object number(JsonNumber number) {
    return number.isIntegral() && number.bigDecimalValue().precision() <= 18
        ? (Object) number.longValue()
        : number.bigDecimalValue();
  }

  private static Object list(JsonArray array) {
    return array.stream()
        .filter(it -> it.getValueType() != JsonValue.ValueType.NULL)
        .map(ClaimsJson::plain)
        .toList();
  }
}
