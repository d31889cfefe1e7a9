package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.FakeCalls;
import io.gatehouse.internal.server.LoginFailedException;
import jakarta.json.Json;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** ID tokens, raw and rightly signed: refused, or what an independent reader finds in order too. */
public final class JwtFuzz {
  private static final KeyPair KEY = TestKeys.p256("the server's key");
  private static final long NOW = AdjustableClock.START.getEpochSecond();
  private static final AdjustableClock CLOCK = new AdjustableClock();
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\"}";
  private static final PendingLogin LOGIN = TestLogin.begin(CLOCK);
  private static final String CLAIMS =
      TestKeys.json(
          Map.of(
              "iss",
              TestLogin.ISSUER,
              "sub",
              "user-1",
              "aud",
              TestLogin.CLIENT_ID,
              "exp",
              NOW + 60,
              "iat",
              NOW,
              "nonce",
              LOGIN.nonce().value()));
  private static final String VALID = RawJws.signed(HEADER, CLAIMS, KEY.getPrivate());
  private static final AuthorizationServer SERVER =
      new AuthorizationServer(
          TestLogin.ISSUER,
          TestLogin.ENDPOINTS,
          new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
          new FakeCalls()
              .serve(
                  TestLogin.ISSUER + "/jwks",
                  FakeCalls.answer(200, TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic(), "k1")))),
          CLOCK,
          new BoundedWait(Duration.ofSeconds(1), 100));
  private static final IdTokenVerifier VERIFIER =
      new IdTokenVerifier(
          SERVER, TestLogin.ISSUER, TestLogin.SIGNED_ONLY, TestLogin.CLOCK_SKEW, CLOCK);

  private JwtFuzz() {}

  /** For Jazzer: a token, a header, a payload, or a part of a payload, by the first byte. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    var inClaims = CLAIMS.substring(0, CLAIMS.length() - 1) + "," + text + "}";
    switch (input[0] & 3) {
      case 0 -> refuse(text.isEmpty() ? "." : text);
      case 1 -> check(RawJws.signed(text, CLAIMS, KEY.getPrivate()));
      case 2 -> check(RawJws.signed(HEADER, text, KEY.getPrivate()));
      default -> check(RawJws.signed(HEADER, inClaims, KEY.getPrivate()));
    }
  }

  private static void refuse(String token) {
    if (!token.equals(VALID) && accepts(token)) {
      throw new IllegalStateException("a token that nobody signed");
    }
  }

  private static void check(String token) {
    if (!accepts(token)) {
      return;
    }
    // JSON-P reads what jose4j let through, and it says the same.
    try (var header = Json.createReader(new StringReader(RawJws.part(token, 0)));
        var payload = Json.createReader(new StringReader(RawJws.part(token, 1)))) {
      var claims = payload.readObject();
      if (!header.readObject().getString("alg").equals("ES256")
          || !claims.getString("iss").equals(TestLogin.ISSUER)
          || !claims.getString("nonce").equals(LOGIN.nonce().value())
          || claims.getString("sub").isEmpty()
          || !String.valueOf(claims.get("aud")).contains("\"" + TestLogin.CLIENT_ID + "\"")) {
        throw new IllegalStateException("two readers find different claims");
      }
    }
  }

  private static boolean accepts(String token) {
    var body =
        TestKeys.json(Map.of("access_token", "a", "token_type", "Bearer", "id_token", token));
    try {
      var answer = TokenResponse.parse(body.getBytes(StandardCharsets.UTF_8));
      VERIFIER.verify(answer, LOGIN, RequestedAuthentication.ANY);
      return true;
    } catch (LoginFailedException refusal) {
      if (refusal.failure() != Failure.INVALID_ANSWER) {
        throw new IllegalStateException(refusal);
      }
      return false;
    }
  }
}
