package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.jose.TestKeys.json;
import static io.gatehouse.internal.jose.TestKeys.jwks;
import static io.gatehouse.internal.jose.TestKeys.publicJwk;
import static io.gatehouse.internal.protocol.TestLogin.CLIENT_ID;
import static io.gatehouse.internal.protocol.TestLogin.CLOCK_SKEW;
import static io.gatehouse.internal.protocol.TestLogin.ENDPOINTS;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static io.gatehouse.internal.server.FakeCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsPayload;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.FakeCalls;
import io.gatehouse.internal.server.LoginFailedException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code sid} of a login and that of its logout follow one rule. */
@Tag("case-119")
class SidTest {
  private static final KeyPair KEY = TestKeys.p256("the server's key");
  private static final long NOW = AdjustableClock.START.getEpochSecond();

  private final AdjustableClock clock = new AdjustableClock();
  private final PendingLogin login = TestLogin.begin(clock);
  private final AuthorizationServer server =
      new AuthorizationServer(
          ISSUER,
          ENDPOINTS,
          new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
          new FakeCalls()
              .serve(ISSUER + "/jwks", answer(200, jwks(publicJwk(KEY.getPublic(), "k1")))),
          clock,
          new BoundedWait(Duration.ofSeconds(1), 100));
  private final IdTokenVerifier idTokens =
      new IdTokenVerifier(server, ISSUER, TestLogin.SIGNED_ONLY, CLOCK_SKEW, clock);
  private final LogoutTokenVerifier logoutTokens =
      new LogoutTokenVerifier(
          server,
          ISSUER,
          TestLogin.ring(clock, TestLogin.keys("m")),
          TestLogin.SIGNED_ONLY,
          CLOCK_SKEW,
          new LocalMarkerStore(clock),
          clock);
  private final EndedSessions ended =
      new EndedSessions(new LocalMarkerStore(clock), Duration.ofHours(12));

  private static String signed(Map<String, Object> claims) {
    return RawJws.signed("{\"alg\":\"ES256\",\"kid\":\"k1\"}", json(claims), KEY.getPrivate());
  }

  private static Map<String, Object> common(Optional<Object> sid) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("sub", "user-1");
    claims.put("aud", CLIENT_ID);
    claims.put("exp", NOW + 60);
    claims.put("iat", NOW);
    sid.ifPresent(it -> claims.put("sid", it));
    return claims;
  }

  private String idToken(Optional<Object> sid) {
    var claims = common(sid);
    claims.put("nonce", login.nonce().value());
    return signed(claims);
  }

  private static String logoutToken(Object sid) {
    var claims = common(Optional.of(sid));
    claims.put("jti", "jti-1");
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return signed(claims);
  }

  private static TokenResponse answered(String idToken) throws LoginFailedException {
    var body =
        Map.<String, Object>of("access_token", "a", "id_token", idToken, "token_type", "Bearer");
    return TokenResponse.parse(json(body).getBytes(StandardCharsets.UTF_8));
  }

  private SessionName session(Object sid) throws LoginFailedException {
    var idToken =
        idTokens.verify(answered(idToken(Optional.of(sid))), login, RequestedAuthentication.ANY);
    var claims = ClaimsJson.parse(JwsPayload.of(idToken.compact()));
    return new SessionName(
        ISSUER, SessionName.sid(claims), "user-1", Optional.of(login.nonce().value()), NOW);
  }

  static Stream<String> usable() {
    return Stream.of("s", "", " ", "s".repeat(255), "s".repeat(256), "ß".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("usable")
  void aSidThatALoginMayHaveEndsItsSession(String sid) throws LoginFailedException {
    var session = session(sid);
    assertThat(ended.contains(session, 0)).isFalse();
    ended.end(logoutTokens.verify(logoutToken(sid)));
    assertThat(ended.contains(session, 0)).isTrue();
  }

  @Test
  void aSessionWithAnEmptySidIsOneWithoutSid() throws LoginFailedException {
    var withSid = session("s");
    var withEmptySid = session("");
    ended.end(logoutTokens.verify(logoutToken("another")));
    assertThat(ended.contains(withSid, 0)).isFalse();
    assertThat(ended.contains(withEmptySid, 0)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // of the session, of the refreshed ID token
    "'', absent, true",
    "'', '', true",
    "'', s1, true",
    "s1, absent, true",
    "s1, '', true",
    "s1, s1, true",
    "s1, s2, false",
    "s1, S1, false",
    "s1, 's1 ', false"
  })
  void aRefreshedIdTokenIsOfTheSameSession(String known, String newer, boolean accepted)
      throws LoginFailedException {
    var sid = Optional.<Object>of(newer).filter(it -> !it.equals("absent"));
    var answer = answered(idToken(sid));
    var ofSession = SessionName.sid(Map.of("sid", known));
    if (accepted) {
      assertThat(verifyRefreshed(answer, ofSession)).isPresent();
    } else {
      assertThatThrownBy(() -> verifyRefreshed(answer, ofSession))
          .hasMessage("refreshed ID token: sid is another session's");
    }
  }

  private Optional<IdToken> verifyRefreshed(TokenResponse answer, Optional<String> sid)
      throws LoginFailedException {
    return idTokens.verifyRefreshed(answer, login.client(), "user-1", login.nonce().value(), sid);
  }

  static Stream<Object> unusable() {
    return Stream.of(1, true, List.of("s"), Map.of("s", "s"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void aSidOfAnotherTypeIsRefusedInBoth(Object sid) throws LoginFailedException {
    assertThatThrownBy(() -> session(sid)).hasMessage("ID token: sid is not a string");
    var answer = answered(idToken(Optional.of(sid)));
    assertThatThrownBy(() -> verifyRefreshed(answer, Optional.empty()))
        .hasMessage("refreshed ID token: sid is not a string");
    assertThatThrownBy(() -> logoutTokens.verify(logoutToken(sid)))
        .hasMessage("logout token: sid is not a string");
  }
}
