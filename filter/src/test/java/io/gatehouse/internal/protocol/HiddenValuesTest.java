package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.server.JsonMessage;
import io.gatehouse.internal.server.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prints each type that holds a secret, a token or a code, and looks for the value. */
@Tag("case-89")
class HiddenValuesTest {
  static Stream<Arguments> secretBearing() throws Exception {
    var clock = new AdjustableClock();
    var ring = TestLogin.ring(clock, TestLogin.keys("material"));
    var login = ring.begin();
    var id = login.id();
    var ofLogin =
        List.of(
            login.state().value(),
            login.nonce().value(),
            login.codeVerifier().value(),
            login.jti(),
            login.cookieSuffix(),
            Long.toString(id.high()),
            Long.toHexString(id.high()),
            Long.toString(id.low()));
    var tokens =
        "{\"access_token\":\"canary-a\",\"id_token\":\"canary-i\",\"refresh_token\":\"canary-r\","
            + "\"token_type\":\"Bearer\"}";
    var body = tokens.getBytes(StandardCharsets.UTF_8);
    var opened = ring.openCookie(login.cookie("/", "/path"), "/").orElseThrow();
    var canary = List.of("canary");
    return Stream.of(
        Arguments.of(login, ofLogin),
        Arguments.of(id, ofLogin),
        Arguments.of(opened, ofLogin),
        Arguments.of(login.state(), ofLogin),
        Arguments.of(login.codeVerifier(), ofLogin),
        Arguments.of(TestLogin.keys("canary"), canary),
        Arguments.of(new Code("canary"), canary),
        Arguments.of(new IdToken("canary"), canary),
        Arguments.of(TokenResponse.parse(body), canary),
        Arguments.of(JsonMessage.parse("it", body), canary),
        Arguments.of(new ServerResponse(200, body, Duration.ZERO), canary),
        Arguments.of(AuthorizationResponse.parse("code=canary&state=canary&iss=canary"), canary),
        Arguments.of(
            TestLogin.authentication(TestLogin.hs256(), Optional.empty(), clock),
            List.of(TestLogin.SECRET)),
        Arguments.of(TestLogin.client(clock), List.of(TestLogin.SECRET)));
  }

  @ParameterizedTest
  @MethodSource("secretBearing")
  void printsItsTypeAndNothingOfItsValue(Object holder, List<String> values) {
    assertThat(holder.toString())
        .contains(holder.getClass().getSimpleName())
        .doesNotContain(values);
    assertThat(List.of(holder).toString()).doesNotContain(values);
  }
}
