package io.gatehouse.sample;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** A product on the marketplace, as the API describes it. Public for EL. */
public record Offering(String id, String name, String status) {

  private static final int LONGEST_NAME = 80;

  /** Returns whether a text is a valid name of an offering. */
  static boolean isName(String text) {
    return !text.isBlank()
        && text.codePointCount(0, text.length()) <= LONGEST_NAME
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** Returns the {@code offerings} of the API's answer; empty if the answer has no such list. */
  static Optional<List<Offering>> list(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return Optional.ofNullable(reader.readObject().getJsonArray("offerings"))
          .map(it -> it.getValuesAs(JsonValue::asJsonObject).stream().map(Offering::of).toList());
    } catch (JsonException | ClassCastException unexpected) {
      return Optional.empty();
    }
  }

  private static Offering of(JsonObject offering) {
    return new Offering(text(offering, "id"), text(offering, "name"), text(offering, "status"));
  }

  private static String text(JsonObject offering, String name) {
    return offering.get(name) instanceof JsonString it ? it.getString() : "";
  }
}
