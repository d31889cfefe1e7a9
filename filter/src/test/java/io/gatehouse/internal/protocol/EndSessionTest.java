package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.protocol.TestLogin.ENDPOINTS;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.FakeCalls;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndSessionTest {
  private static final String OWN_PATH = "/gatehouse";
  private static final String PUBLIC_URL = "https://app.example/shop";

  private final AdjustableClock clock = new AdjustableClock();
  private final LoginKeyRing ring = TestLogin.ring(clock, TestLogin.keys("material"));

  private EndSession endSession(boolean wanted, Optional<URI> back, String... address) {
    var endpoints = new HashMap<>(ENDPOINTS);
    for (var it : address) {
      endpoints.put(Endpoint.END_SESSION, URI.create(it));
    }
    return endSession(wanted, back, endpoints);
  }

  private EndSession endSession(boolean wanted, Optional<URI> back, Map<Endpoint, URI> endpoints) {
    var server =
        new AuthorizationServer(
            ISSUER,
            endpoints,
            new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
            new FakeCalls(),
            clock,
            new BoundedWait(Duration.ofSeconds(1), 100));
    return new EndSession(wanted, server, back, OWN_PATH, ring);
  }

  private String location(EndSession endSession, String idToken) {
    return endSession.location(idToken, ring.client(), PUBLIC_URL).map(URI::toString).orElse("");
  }

  @Test
  void sendsTheParametersOfRpInitiatedLogoutSection2() {
    var location = location(endSession(true, Optional.empty(), ISSUER + "/logout"), "canary");
    assertThat(location)
        .startsWith(
            ISSUER
                + "/logout?id_token_hint=canary&client_id=did%3Akey%3AzDnaeClient"
                + "&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fshop%2Fgatehouse"
                + "%2Flogged-out&state=");
  }

  @Test
  void keepsTheQueryOfTheEndpointAndTheConfiguredReturn() {
    var back = Optional.of(URI.create("https://app.example/bye"));
    assertThat(location(endSession(true, back, ISSUER + "/logout?a=b"), "canary"))
        .startsWith(ISSUER + "/logout?a=b&id_token_hint=canary&")
        .contains("&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye&state=");
  }

  @Test
  void leavesOutAHintThatMakesTheAddressLongerThanServersAccept() {
    var endSession = endSession(true, Optional.empty(), ISSUER + "/logout");
    var longest = 4000 - location(endSession, "").length();
    assertThat(location(endSession, "a".repeat(longest))).hasSize(4000).contains("id_token_hint");
    assertThat(location(endSession, "a".repeat(longest + 1)))
        .hasSizeLessThan(1000)
        .contains("client_id")
        .doesNotContain("id_token_hint");
  }

  @Test
  void sendsNobodyWhoIsNotToBeSentOrHasNoEndpointToGoTo() {
    assertThat(location(endSession(false, Optional.empty(), ISSUER + "/logout"), "t")).isEmpty();
    assertThat(location(endSession(true, Optional.empty()), "t")).isEmpty();
  }

  @Test
  void staysHereWhileTheServerIsDown() {
    assertThat(location(endSession(true, Optional.empty(), Map.of()), "t")).isEmpty();
  }

  @Test
  void knowsTheStateThatItSentAndNoOther() {
    var endSession = endSession(true, Optional.empty(), ISSUER + "/logout");
    var location = location(endSession, "t");
    var state = location.substring(location.indexOf("&state=") + "&state=".length());
    assertThat(endSession.isOurs(state)).isTrue();
    assertThat(endSession.isOurs(ring.begin().handle(OWN_PATH, ""))).isFalse();
    assertThat(endSession.isOurs("")).isFalse();
  }
}
