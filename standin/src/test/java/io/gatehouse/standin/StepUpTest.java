package io.gatehouse.standin;

import static io.gatehouse.standin.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.standin.config.Person;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The claims of the id_token about the login where the options are on: acr, sid, auth_time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StepUpTest {

  private TestServer server;
  private TestClient client;

  @BeforeAll
  void start() throws Exception {
    server =
        TestServer.start(
            "--standin.line=3.x", "--standin.acr-values=true", "--standin.log-out=true");
    client = TestClient.didKey();
    server.register(client.registration());
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "urn:example:gold, urn:example:gold",
    "urn:example:silver, urn:example:silver",
    "urn:example:silver urn:example:gold, urn:example:silver",
    "urn:example:platinum urn:example:gold, urn:example:gold",
    "urn:example:platinum, 0",
    "urn:example:gol, 0"
  })
  void acrIsTheFirstSupportedOfTheObject(String asked, String acr) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("acr_values", asked);
    var first = attempt.redeem(attempt.code());

    assertThat(idToken(first).getClaim("acr")).isEqualTo(acr);
    assertThat(idToken(refresh(attempt, first)).getClaim("acr")).isEqualTo(acr);
  }

  @Test
  void acrValuesAreReadFromTheObjectOnly() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("acr_values", "urn:example:gold");

    assertThat(idToken(attempt.redeem(attempt.code())).getClaim("acr")).isEqualTo("0");
  }

  @Test
  void supportedValuesAreAnOption() throws Exception {
    try (var other =
        TestServer.start(
            "--standin.acr-values=true", "--standin.supported-acr-values=urn:example:bronze")) {
      other.register(client.registration());
      var bronze = new Attempt(other, client);
      bronze.claims.put("acr_values", "urn:example:gold urn:example:bronze");
      var idToken = idToken(bronze.redeem(bronze.code()));

      assertThat(idToken.getClaim("acr")).isEqualTo("urn:example:bronze");
      assertThat(idToken.getClaims()).doesNotContainKey("sid");
    }
  }

  @Test
  void acrIsTheUsualOneWithoutTheOption() throws Exception {
    try (var other = TestServer.start()) {
      other.register(client.registration());
      var attempt = new Attempt(other, client);
      attempt.claims.put("acr_values", "urn:example:gold");

      assertThat(idToken(attempt.redeem(attempt.code())).getClaim("acr")).isEqualTo("0");
    }
  }

  @Test
  void sidIsTheLogInsOwn() throws Exception {
    var attempt = new Attempt(server, client);
    var first = attempt.redeem(attempt.code());
    var sid = idToken(first).getClaim("sid");
    var other = new Attempt(server, client);

    assertThat(sid).asInstanceOf(STRING).hasSize(22);
    assertThat(idToken(refresh(attempt, first)).getClaim("sid")).isEqualTo(sid);
    assertThat(idToken(other.redeem(other.code())).getClaim("sid")).isNotEqualTo(sid);
  }

  @Test
  void authTimeIsThePersonsClick() throws Exception {
    var attempt = new Attempt(server, client);
    var page = attempt.authorize();
    Thread.sleep(1_100);
    var before = Instant.now().getEpochSecond();
    var redirect = server.choose(page, Person.AUDITOR);
    var after = Instant.now().getEpochSecond();
    Thread.sleep(1_100);
    var idToken = idToken(attempt.redeem(Attempt.code(redirect)));

    assertThat(idToken.getLongClaim("auth_time")).isBetween(before, after);
  }

  private static HttpResponse<String> refresh(Attempt attempt, HttpResponse<String> before)
      throws Exception {
    return attempt.refresh(String.valueOf(json(before).get("refresh_token")));
  }

  private static JWTClaimsSet idToken(HttpResponse<String> answer) throws Exception {
    return SignedJWT.parse(String.valueOf(json(answer).get("id_token"))).getJWTClaimsSet();
  }
}
