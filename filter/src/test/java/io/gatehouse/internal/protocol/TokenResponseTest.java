package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.jose.TestKeys.json;
import static io.gatehouse.internal.jose.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenResponseTest {
  private static final Map<String, Object> VALID =
      Map.of(
          "access_token", "canary-access",
          "id_token", "canary-id",
          "refresh_token", "canary-refresh",
          "token_type", "Bearer",
          "expires_in", 900,
          "scope", "openid");

  private static TokenResponse parse(Map<String, Object> members) throws LoginFailedException {
    return parse(json(members));
  }

  private static TokenResponse parse(String text) throws LoginFailedException {
    return TokenResponse.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> without(String name) {
    var members = new LinkedHashMap<>(VALID);
    members.remove(name);
    return members;
  }

  private static String expiresIn(String value) {
    return json(VALID).replace("900", value);
  }

  private static void assertInvalid(byte[] body) {
    assertThatThrownBy(() -> TokenResponse.parse(body))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.INVALID_ANSWER);
              assertThat(e.reason()).doesNotContain("canary");
            });
  }

  private static void assertInvalid(String text) {
    assertInvalid(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token"})
  void aTokenHasVisibleCharactersOnly(String name) throws LoginFailedException {
    var members = new LinkedHashMap<>(VALID);
    members.put(name, "canary with a space~");
    assertThat(parse(members)).isNotNull();
    for (var wrong : List.of("canary\r\nX: y", "canary\u0000", "canary\u00e9", "canary\t")) {
      members.put(name, wrong);
      assertInvalid(json(members));
    }
  }

  @Test
  void readsEveryMember() throws LoginFailedException {
    var answer = parse(VALID);
    assertThat(answer.accessToken()).isEqualTo("canary-access");
    assertThat(answer.idToken()).hasValue("canary-id");
    assertThat(answer.refreshToken()).hasValue("canary-refresh");
    assertThat(answer.expiresIn()).isEqualTo(Duration.ofMinutes(15));
    assertThat(answer.scope()).isEqualTo("openid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "token_type"})
  @Tag("case-44")
  void rejectsAnAnswerWithoutARequiredMember(String name) {
    assertInvalid(json(without(name)));
    assertInvalid(json(with(VALID, name, "")));
    assertInvalid(json(with(VALID, name, 1)));
    assertInvalid(json(VALID).replace("\"" + VALID.get(name) + "\"", "null"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
  @Tag("case-44")
  void acceptsBearerInAnyCase(String type) throws LoginFailedException {
    assertThat(parse(with(VALID, "token_type", type)).accessToken()).isEqualTo("canary-access");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "mac", "Bearer ", "N_A"})
  @Tag("case-44")
  void rejectsAnotherTokenType(String type) {
    assertInvalid(json(with(VALID, "token_type", type)));
  }

  static Stream<Arguments> notOneJsonObject() {
    var valid = json(VALID);
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("blank", "  \n"),
        Arguments.of("HTML", "<!DOCTYPE html><html><body>canary</body></html>"),
        Arguments.of("array", "[" + valid + "]"),
        Arguments.of("null", "null"),
        Arguments.of("number", "1"),
        Arguments.of("string", "\"canary\""),
        Arguments.of("form", "access_token=canary&token_type=Bearer"),
        Arguments.of("doubled keys", valid.replace("}", ",\"access_token\":\"canary-2\"}")),
        Arguments.of("doubled keys below", valid.replace("}", ",\"x\":{\"a\":1,\"a\":2}}")),
        Arguments.of("BOM", "\ufeff" + valid),
        Arguments.of("two objects", valid + valid),
        Arguments.of("more after the end", valid + "canary"),
        Arguments.of("comment", valid.replace("{", "{/* canary */")),
        Arguments.of("NUL", valid + "\u0000"),
        Arguments.of("single quotes", valid.replace('"', '\'')),
        Arguments.of(
            "UTF-16",
            new String(valid.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notOneJsonObject")
  @Tag("case-45")
  void rejectsABodyThatIsNotOneJsonObject(String what, String body) {
    assertThat(what).isNotEmpty();
    assertInvalid(body);
  }

  @Test
  @Tag("case-45")
  void namesAByteOrderMark() {
    assertThatThrownBy(() -> parse("\ufeff" + json(VALID)))
        .hasMessage(
            "the token answer begins with a byte order mark, which JSON has not (RFC 8259 8.1)");
    assertThatThrownBy(() -> parse("\ufeff")).hasMessageContaining("byte order mark");
    assertThatThrownBy(() -> parse(" \ufeff" + json(VALID)))
        .hasMessageContaining("one JSON object");
  }

  @Test
  @Tag("case-45")
  void rejectsABodyThatIsCutShortAnywhere() {
    var valid = json(VALID);
    for (var length = 0; length < valid.length(); length++) {
      assertInvalid(valid.substring(0, length));
    }
  }

  @Test
  @Tag("case-45")
  void rejectsBadUtf8() {
    var body = new ByteArrayOutputStream();
    body.writeBytes("{\"x\":\"".getBytes(StandardCharsets.UTF_8));
    body.write(0xC3); // the first byte of two
    body.writeBytes(("\"," + json(VALID).substring(1)).getBytes(StandardCharsets.UTF_8));
    assertInvalid(body.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  @Tag("case-45")
  void rejectsABodyThatIs100000LevelsDeep(String opening) {
    assertInvalid(json(VALID).replace("}", ",\"x\":" + opening.repeat(100_000)));
    var closing = opening.startsWith("[") ? "]" : "}";
    assertInvalid(
        json(VALID)
            .replace(
                "}", ",\"x\":" + opening.repeat(99_999) + "[]" + closing.repeat(99_999) + "}"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "900.0, 900",
    "0.9e3, 900",
    "1.5, 1",
    "86400, 86400",
    "86401, 86400",
    "9223372036854775808, 86400",
    "1e300, 86400",
    "1e999999999, 86400"
  })
  @Tag("case-46")
  void clampsALifetimeToADay(String value, long seconds) throws LoginFailedException {
    assertThat(parse(expiresIn(value)).expiresIn()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "-900",
        "0.5",
        "1e-999999999",
        "-1e999999999",
        "\"900\"",
        "true",
        "[900]",
        "{}"
      })
  @Tag("case-46")
  void rejectsALifetimeThatIsPastOrNoNumber(String value) {
    assertInvalid(expiresIn(value));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_100, 2_000, 200_000})
  @Tag("case-46")
  void aLifetimeOfVeryManyDigitsIsClampedOrRejected(int digits) {
    assertClampedOrRejected("9".repeat(digits));
    assertClampedOrRejected("900." + "0".repeat(digits));
  }

  private static void assertClampedOrRejected(String value) {
    try {
      assertThat(parse(expiresIn(value)).expiresIn())
          .isBetween(Duration.ofMinutes(15), Duration.ofDays(1));
    } catch (LoginFailedException alsoRight) {
      assertThat(alsoRight.failure()).isEqualTo(Failure.INVALID_ANSWER);
    }
  }

  @Test
  @Tag("case-46")
  void takesFiveMinutesIfNoLifetimeIsStated() throws LoginFailedException {
    assertThat(parse(without("expires_in")).expiresIn()).isEqualTo(Duration.ofMinutes(5));
    assertThat(parse(expiresIn("null")).expiresIn()).isEqualTo(Duration.ofMinutes(5));
  }

  static Stream<Arguments> optionalMembers() {
    return Stream.of("id_token", "refresh_token", "expires_in", "scope", "error", "unknown")
        .flatMap(name -> Stream.of("null", "\"\"").map(value -> Arguments.of(name, value)));
  }

  /** RFC 6749 has no such form, and servers write it all the same. */
  @ParameterizedTest
  @MethodSource("optionalMembers")
  void anEmptyOptionalMemberCountsAsAbsent(String name, String value) throws LoginFailedException {
    var absent = parse(without(name));
    var empty = parse(json(without(name)).replace("}", ",\"" + name + "\":" + value + "}"));
    assertThat(empty.accessToken()).isEqualTo("canary-access");
    assertThat(empty.idToken()).isEqualTo(absent.idToken());
    assertThat(empty.refreshToken()).isEqualTo(absent.refreshToken());
    assertThat(empty.expiresIn()).isEqualTo(absent.expiresIn());
    assertThat(empty.scope()).isEqualTo(absent.scope());
  }

  static Stream<Arguments> statedWrongly() {
    return Stream.of("id_token", "refresh_token", "expires_in", "scope", "error")
        .flatMap(
            name ->
                Stream.of("0", "false", "[]", "{}", "[\"canary\"]", "\" \"")
                    .filter(it -> !isText(name) || !it.startsWith("\""))
                    .map(value -> Arguments.of(name, value)));
  }

  private static boolean isText(String name) {
    return !name.equals("expires_in") && !name.equals("error");
  }

  @ParameterizedTest
  @MethodSource("statedWrongly")
  void anOptionalMemberWithAnyOtherValueIsRead(String name, String value) {
    assertInvalid(json(without(name)).replace("}", ",\"" + name + "\":" + value + "}"));
  }

  @Test
  @Tag("case-47")
  void grantsNoScopeThatTheServerDidNotState() throws LoginFailedException {
    assertThat(parse(without("scope")).scope()).isEmpty();
    assertThat(parse(with(VALID, "scope", "openid email")).scope()).isEqualTo("openid email");
  }

  @Test
  void hasNoRefreshTokenIfTheServerGaveNone() throws LoginFailedException {
    assertThat(parse(without("refresh_token")).refreshToken()).isEmpty();
  }

  @Test
  void anyBytesGiveAnAnswerOrTheOneException() {
    var random = new Random(6749);
    for (var i = 0; i < 5_000; i++) {
      var body = json(VALID).getBytes(StandardCharsets.UTF_8);
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      try {
        assertThat(TokenResponse.parse(body).accessToken()).isNotEmpty();
      } catch (LoginFailedException expected) {
        assertThat(expected.failure()).isEqualTo(Failure.INVALID_ANSWER);
      }
    }
  }
}
