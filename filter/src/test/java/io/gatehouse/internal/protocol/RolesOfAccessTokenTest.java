package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.jose.TestKeys.json;
import static io.gatehouse.internal.jose.TestKeys.jwks;
import static io.gatehouse.internal.jose.TestKeys.publicJwk;
import static io.gatehouse.internal.protocol.TestLogin.CLOCK_SKEW;
import static io.gatehouse.internal.protocol.TestLogin.ENDPOINTS;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static io.gatehouse.internal.server.FakeCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.access.ClaimPath;
import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.FakeCalls;
import io.gatehouse.internal.session.Roles;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code sub} of an access token against that of the ID token (RFC 9068 section 2.2). */
@Tag("case-121")
class RolesOfAccessTokenTest {
  private static final KeyPair KEY = TestKeys.p256("the server's key");

  private final AdjustableClock clock = new AdjustableClock();
  private final Roles roles =
      new Roles(
          new RoleClaims(List.of(new ClaimPath("roles"), new ClaimPath("groups")), Map.of()),
          new AccessTokenVerifier(
              new AuthorizationServer(
                  ISSUER,
                  ENDPOINTS,
                  new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
                  new FakeCalls()
                      .serve(ISSUER + "/jwks", answer(200, jwks(publicJwk(KEY.getPublic(), "k1")))),
                  clock,
                  new BoundedWait(Duration.ofSeconds(1), 100)),
              ISSUER,
              CLOCK_SKEW,
              clock),
          clock);

  private String accessToken(String sub) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("exp", clock.instant().getEpochSecond() + 900);
    claims.put("roles", List.of("admin"));
    switch (sub) {
      case "absent" -> {}
      case "number" -> claims.put("sub", 1);
      case "list" -> claims.put("sub", List.of("alice"));
      default -> claims.put("sub", sub);
    }
    return RawJws.signed("{\"alg\":\"ES256\",\"kid\":\"k1\"}", json(claims), KEY.getPrivate());
  }

  @ParameterizedTest
  @CsvSource({
    // sub of the access token, whether the ID token has at_hash, whether its roles count
    "alice, false, true",
    "alice, true, true",
    "bob, false, false",
    "bob, true, true", // bound by the server itself: subjects for APIs may be others
    "Alice, false, false",
    "'', false, false",
    "absent, false, true", // Keycloak's lightweight access tokens
    "absent, true, true",
    "number, false, false",
    "list, false, false"
  })
  void rolesAreThoseOfTheUsersOwnAccessToken(String sub, boolean bound, boolean counts)
      throws Exception {
    var idToken = bound ? Map.of("sub", "alice", "at_hash", "x") : Map.of("sub", "alice");
    assertThat(roles.of(json(Map.copyOf(idToken)), accessToken(sub)))
        .isEqualTo(counts ? Set.of("admin") : Set.of());
  }

  @ParameterizedTest
  @CsvSource({"alice, true", "bob, false", "absent, true", "number, false"})
  void anAtHashOfAnEarlierTokenBindsNothing(String sub, boolean counts) throws Exception {
    var user = Map.<String, Object>of("sub", "alice", "at_hash", "of the login");
    assertThat(roles.withoutIdToken(json(user), accessToken(sub)))
        .isEqualTo(counts ? Set.of("admin") : Set.of());
  }

  @ParameterizedTest
  @CsvSource({"alice", "bob", "absent"})
  void rolesOfTheIdTokenCountInAnyCase(String sub) throws Exception {
    var idToken = Map.<String, Object>of("sub", "alice", "groups", List.of("staff"));
    assertThat(roles.of(json(idToken), accessToken(sub))).contains("staff");
  }
}
