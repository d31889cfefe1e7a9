package io.gatehouse.internal.jose;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * Parses one JSON object strictly by RFC 8259, with distinct names (section 4) and limited nesting
 * (section 9). The parser of jose4j is more lenient, so two readers of one signed text could find
 * different members in it (RFC 7515 section 10.12).
 */
public final class JsonText {
  // Json.createReader looks up its provider at every call; a factory does so once.
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private JsonText() {}

  /** Parses the object; empty if the text is not one JSON object. */
  public static Optional<JsonObject> object(byte[] utf8) {
    if (!JsonNesting.isOneShallowValue(utf8)) {
      return Optional.empty();
    }
    try (var reader =
        READERS.createReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8)) {
      return Optional.of(reader.readObject());
    } catch (RuntimeException notOneObject) { // of any type: parsers have limits of their own
      return Optional.empty();
    }
  }

  /**
   * Returns the members of the object, as jose4j reads them.
   *
   * @throws JoseException if the text is not one JSON object
   */
  static Map<String, Object> members(String text) throws JoseException {
    if (object(text.getBytes(StandardCharsets.UTF_8)).isEmpty()) {
      throw new JoseException("not one JSON object (RFC 8259)");
    }
    return JsonUtil.parseJson(text);
  }
}
