package io.gatehouse.sample;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The powers that the user's verifiable credential grants, and the organisation for which the user
 * has them: the claim {@code vc.credentialSubject.mandate} of the access token. This class verifies
 * nothing, because the token comes from the session, where only Gatehouse stores one.
 */
record Mandate(Optional<Mandator> mandator, List<Power> powers) {

  /**
   * Returns the mandate of an access token; an empty one if the token is opaque or has no mandate.
   */
  static Mandate of(String accessToken) {
    var mandate = member(member(credential(payload(accessToken)), "credentialSubject"), "mandate");
    return new Mandate(
        mandator(member(mandate, "mandator")),
        powers(mandate.getOrDefault("power", JsonValue.NULL)));
  }

  private static JsonObject payload(String accessToken) {
    var parts = accessToken.split("\\.", -1);
    if (parts.length != 3) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try {
      return parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noBase64Url) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  /** Some releases of the Verifier send the credential as an object, others as a JSON string. */
  private static JsonObject credential(JsonObject claims) {
    return claims.get("vc") instanceof JsonString it ? parse(it.getString()) : member(claims, "vc");
  }

  private static JsonObject parse(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    } catch (JsonException noObject) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  private static JsonObject member(JsonObject object, String name) {
    return object.get(name) instanceof JsonObject it ? it : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static Optional<Mandator> mandator(JsonObject mandator) {
    return mandator.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mandator(
                text(mandator, "organization", "commonName"),
                text(mandator, "organizationIdentifier")));
  }

  private static List<Power> powers(JsonValue power) {
    return elements(power)
        .filter(JsonObject.class::isInstance)
        .map(JsonValue::asJsonObject)
        .map(Mandate::power)
        .toList();
  }

  /** Older credentials prefix each name with {@code tmf_}. */
  private static Power power(JsonObject power) {
    return new Power(
        text(power, "type", "tmf_type"),
        text(power, "domain", "tmf_domain"),
        text(power, "function", "tmf_function"),
        text(power, "action", "tmf_action"));
  }

  private static String text(JsonObject object, String... names) {
    return Stream.of(names)
        .filter(object::containsKey)
        .findFirst()
        .map(it -> text(object.getOrDefault(it, JsonValue.NULL)))
        .orElse("");
  }

  private static String text(JsonValue value) {
    return elements(value)
        .map(it -> it instanceof JsonString string ? string.getString() : it.toString())
        .collect(Collectors.joining(", "));
  }

  private static Stream<JsonValue> elements(JsonValue value) {
    return switch (value.getValueType()) {
      case ARRAY -> value.asJsonArray().stream();
      case NULL -> Stream.empty();
      default -> Stream.of(value);
    };
  }
}
