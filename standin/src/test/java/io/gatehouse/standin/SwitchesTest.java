package io.gatehouse.standin;

import static io.gatehouse.standin.TestServer.json;
import static io.gatehouse.standin.TestServer.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.standin.config.Person;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Misbehaviour that is off unless asked for. */
final class SwitchesTest {

  @Test
  void rotatesRefreshTokensAndLetsLogInsClash() throws Exception {
    try (var server =
            TestServer.start(
                "--standin.line=3.x",
                "--standin.rotate-refresh-tokens=true",
                "--standin.access-token-lifetime=5s",
                "--standin.vc-as-string=true",
                "--standin.overlapping-logins-clash=true");
        var client = TestClient.didKey()) {
      server.register(client.registration());
      rotates(server, client);
      clashes(server, client);
    }
  }

  private static void rotates(TestServer server, TestClient client) throws Exception {
    var attempt = new Attempt(server, client);
    var first = json(attempt.redeem(attempt.code()));
    var refreshToken = String.valueOf(first.get("refresh_token"));
    var second = json(attempt.refresh(refreshToken));

    assertThat(first.get("expires_in")).asInstanceOf(LONG).isBetween(1L, 5L);
    assertThat(second.get("refresh_token")).isNotEqualTo(refreshToken);
    assertThat(attempt.refresh(refreshToken).statusCode()).isEqualTo(403);
    var accessToken = SignedJWT.parse(String.valueOf(second.get("access_token")));
    assertThat(accessToken.getJWTClaimsSet().getClaim("vc")).isInstanceOf(String.class);
  }

  private static void clashes(TestServer server, TestClient client) throws Exception {
    var first = new Attempt(server, client);
    var second = new Attempt(server, client);
    var overwritten = first.code();
    var good = second.code();

    assertThat(first.redeem(overwritten).statusCode()).isEqualTo(400);
    assertThat(second.redeem(good).statusCode()).isEqualTo(200);
  }

  @Test
  void sendsTimedOutUserOf2xHomeAndLimitsTheRate() throws Exception {
    try (var client = TestClient.didKey();
        var server =
            TestServer.start(
                "--standin.line=2.x",
                "--standin.login-timeout=0s",
                "--standin.requests-per-minute=2",
                "--standin.clients[0].client-id=" + client.clientId(),
                "--standin.clients[0].url=" + client.origin(),
                "--standin.clients[0].redirect-uris[0]=" + client.redirectUri())) {
      var attempt = new Attempt(server, client);

      assertThat(location(attempt.present(Person.AUDITOR))).isEqualTo(client.origin());
      limits(server, attempt);
    }
  }

  private static void limits(TestServer server, Attempt attempt) throws Exception {
    attempt.visit();
    var limited = attempt.visit();

    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).hasValue("60");
    assertThat(limited.body()).isEmpty();
    assertThat(server.post(server.issuer().url("/oidc/token"), Map.of()).statusCode())
        .isEqualTo(429);
  }

  @Test
  void tellsTheRedirectUriOf3xOfTheTimeoutAndForgetsRefreshTokens() throws Exception {
    try (var server =
            TestServer.start(
                "--standin.line=3.x",
                "--standin.login-timeout=1s",
                "--standin.refresh-token-lifetime=1s");
        var client = TestClient.didKey()) {
      server.register(client.registration());
      var attempt = new Attempt(server, client);
      var page = attempt.authorize();
      var tokens = json(attempt.redeem(attempt.code()));
      Thread.sleep(1_100);

      assertThat(page.headers().firstValue("Refresh").orElse("none")).startsWith("1; url=");
      assertThat(location(server.choose(page, Person.AUDITOR)))
          .contains("?error=access_denied&error_description=login_timeout&state=");
      var refreshed = attempt.refresh(String.valueOf(tokens.get("refresh_token")));
      assertThat(refreshed.statusCode()).isEqualTo(403);
      assertThat(refreshed.body()).isEmpty();
    }
  }
}
