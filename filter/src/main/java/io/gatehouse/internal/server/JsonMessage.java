package io.gatehouse.internal.server;

import io.gatehouse.internal.jose.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JSON object that the authorization server sent. Duplicate member names, encodings other than
 * UTF-8 and excessive nesting are refused (RFC 8259 sections 4 and 8.1). The string form hides the
 * content.
 */
public final class JsonMessage {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final JsonObject object;

  private JsonMessage(JsonObject object) {
    this.object = object;
  }

  /**
   * Parses one object.
   *
   * @param what the message's name, for the log
   * @throws LoginFailedException with {@link Failure#INVALID_ANSWER} if the body is not one JSON
   *     object
   */
  public static JsonMessage parse(String what, byte[] body) throws LoginFailedException {
    requireUtf8(what, body);
    // The reason omits the parser's message, which may quote the body.
    return JsonText.object(body)
        .map(JsonMessage::new)
        .orElseThrow(
            () ->
                invalid(
                    what
                        + " is not one JSON object with distinct names and few levels"
                        + " (RFC 8259 2, 4, 9)"));
  }

  /**
   * Requires UTF-8 without a byte order mark (RFC 8259 section 8.1).
   *
   * @param what the message's name, for the log
   */
  static void requireUtf8(String what, byte[] body) throws LoginFailedException {
    var start = Arrays.copyOf(body, BYTE_ORDER_MARK.length);
    if (Arrays.equals(start, BYTE_ORDER_MARK)) {
      throw invalid(what + " begins with a byte order mark, which JSON has not (RFC 8259 8.1)");
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw invalid(what + " is not in UTF-8 (RFC 8259 8.1)");
    }
  }

  public static LoginFailedException invalid(String reason) {
    return new LoginFailedException(Failure.INVALID_ANSWER, reason);
  }

  /** Returns a member that is a string; empty if the message does not {@link #states} it. */
  public Optional<String> string(String name) throws LoginFailedException {
    if (!states(name)) {
      return Optional.empty();
    }
    if (object.get(name) instanceof JsonString it) {
      return Optional.of(it.getString());
    }
    throw invalid(name + " is not a string with content");
  }

  /** Returns a member that is a string; empty if it is anything else. */
  Optional<String> stringIfAny(String name) {
    return object.get(name) instanceof JsonString it
        ? Optional.of(it.getString())
        : Optional.empty();
  }

  /**
   * Returns whether a member is present, and neither null nor the empty string: servers write both
   * for a member that they omit.
   */
  public boolean states(String name) {
    var value = object.get(name);
    return value != null
        && value.getValueType() != JsonValue.ValueType.NULL
        && !(value instanceof JsonString it && it.getString().isEmpty());
  }

  /** Returns a member that is a number; empty if the message does not {@link #states} it. */
  public Optional<BigDecimal> number(String name) throws LoginFailedException {
    if (!states(name)) {
      return Optional.empty();
    }
    if (object.get(name) instanceof JsonNumber it) {
      return Optional.of(it.bigDecimalValue());
    }
    throw invalid(name + " is not a number");
  }

  /** Returns the strings in a member that is an array; empty if the member is not an array. */
  Set<String> strings(String name) {
    return object.get(name) instanceof JsonArray array
        ? array.stream()
            .filter(JsonString.class::isInstance)
            .map(it -> ((JsonString) it).getString())
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  boolean isTrue(String name) {
    return JsonValue.TRUE.equals(object.get(name));
  }

  @Override
  public String toString() {
    return "JsonMessage[hidden]";
  }
}
