package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.protocol.TestLogin.CLIENT_ID;
import static io.gatehouse.internal.protocol.TestLogin.CLOCK_SKEW;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.Mutations;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.FakeCalls;
import io.gatehouse.internal.server.LoginFailedException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * Signed answers: the content that the authorization server signed for this login, or a refusal
 * that repeats nothing.
 */
class SecuredResponsesPropertyTest {
  private static final KeyPair KEY = TestKeys.p256("the server's key");
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\"}";
  private static final AdjustableClock CLOCK = new AdjustableClock();
  private static final PendingLogin LOGIN = TestLogin.begin(CLOCK);
  private static final String CODE = "canary-code";
  private static final String CLAIMS =
      TestKeys.json(
          Map.of(
              "iss", ISSUER,
              "aud", CLIENT_ID,
              "exp", AdjustableClock.START.getEpochSecond() + 600,
              "code", CODE,
              "state", LOGIN.state().value()));
  private static final String VALID = "response=" + signed(HEADER, CLAIMS);
  private static final SecuredResponses RESPONSES =
      new SecuredResponses(
          new AuthorizationServer(
              ISSUER,
              TestLogin.ENDPOINTS,
              new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
              new FakeCalls()
                  .serve(
                      ISSUER + "/jwks",
                      FakeCalls.answer(
                          200, TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic(), "k1")))),
              CLOCK,
              new BoundedWait(Duration.ofSeconds(1), 100)),
          ISSUER,
          TestLogin.ring(CLOCK, TestLogin.keys("m")),
          CLOCK_SKEW,
          CLOCK);

  private static String signed(String header, String claims) {
    return RawJws.signed(header, claims, KEY.getPrivate());
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<String> changed() {
    return Mutations.of(VALID);
  }

  @Provide
  Arbitrary<String> changedHeader() {
    return Mutations.of(HEADER);
  }

  @Provide
  Arbitrary<String> changedClaims() {
    return Mutations.of(CLAIMS);
  }

  private static Optional<String> code(String query) {
    try {
      var response = RESPONSES.read(query);
      assertThat(response.toString()).doesNotContain("canary", LOGIN.state().value());
      return Optional.of(response.codeFor(LOGIN, TestLogin.metadata(true)).value());
    } catch (LoginFailedException refusal) {
      assertThat(refusal.reason())
          .doesNotContain(CODE, LOGIN.state().value())
          .matches("[\\x20-\\x7E]*")
          .hasSizeLessThan(404);
      return Optional.empty();
    }
  }

  @Property
  @Tag("case-96")
  void whateverQueryIsNoAnswer(@ForAll("texts") String query) {
    assertThat(code(query)).isEmpty();
    assertThat(code("response=" + query)).isEmpty();
  }

  @Property(tries = 1000)
  @Tag("case-96")
  void anAnswerThatWasChangedOnItsWayIsNone(@ForAll("changed") String query) {
    assertThat(code(VALID)).hasValue(CODE);
    // Parts without a meaning in a query may change: a stray &, an unknown parameter.
    if (code(query).isPresent()) {
      assertThat(query).contains(VALID.substring("response=".length()));
    }
  }

  @Property
  @Tag("case-96")
  void whateverTheServersHeaderSaysTheRulesHold(@ForAll("changedHeader") String header) {
    code("response=" + signed(header, CLAIMS));
  }

  @Property
  @Tag("case-96")
  void whateverTheServersClaimsSayStateAndIssuerAreOurs(@ForAll("changedClaims") String claims) {
    if (code("response=" + signed(HEADER, claims)).isPresent()) {
      assertThat(claims).contains(LOGIN.state().value(), ISSUER, CLIENT_ID);
    }
  }
}
