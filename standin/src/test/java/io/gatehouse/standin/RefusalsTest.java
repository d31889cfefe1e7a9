package io.gatehouse.standin;

import static io.gatehouse.standin.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.standin.config.Person;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The record of a client's mistakes, for the client's tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsTest {

  private TestServer server;
  private TestClient client;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.start("--standin.strict=true");
    client = TestClient.didKey();
    server.register(client.registration());
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void reset() throws Exception {
    server.post(server.control("reset"), Map.of());
  }

  private List<String> refusals() throws Exception {
    return server.get(server.control("refusals")).body().lines().toList();
  }

  @Test
  void noneOfALogInThatKeepsTheRules() throws Exception {
    var attempt = new Attempt(server, client);
    var tokens = json(attempt.redeem(attempt.code()));
    attempt.refresh(String.valueOf(tokens.get("refresh_token")));

    assertThat(refusals()).isEmpty();
    assertThat(server.calls()).containsEntry("refusals", List.of());
  }

  @Test
  void namesTheRuleOfTheAuthorizationRequest() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("scope", "openid");
    attempt.authorize();

    assertThat(refusals())
        .containsExactly("authorization request: invalid_request: scope differs from the object's");
  }

  @Test
  void namesTheRulesOfTheRequestObjectThatOnlyStrictModeHas() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("aud", "https://other.example");
    attempt.authorize();

    assertThat(refusals()).containsExactly("authorization request: strict: request object: aud");
  }

  @Test
  void namesAClientThatIsNotKnown() throws Exception {
    server.get(server.issuer().url("/oidc/authorize?client_id=nobody"));

    assertThat(refusals()).containsExactly("authorization request: client_id is not registered");
  }

  @Test
  void namesTheRuleOfTheAssertion() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertion.put("jti", UUID.randomUUID().toString());
    attempt.redeem(attempt.code());
    var refused = attempt.redeem("another code");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).isEqualTo("{\"error\":\"invalid_client\"}");
    assertThat(refusals())
        .singleElement()
        .asString()
        .startsWith("client authentication: invalid_client: ")
        .contains("client assertion: jti");
  }

  @Test
  void namesATokenRequestWithoutAssertion() throws Exception {
    var answer =
        server.post(
            server.issuer().url("/oidc/token"),
            Map.of("grant_type", "refresh_token", "refresh_token", "any"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(refusals()).containsExactly("token request: client_assertion is missing");
  }

  @Test
  void namesACodeThatIsRedeemedTwice() throws Exception {
    var attempt = new Attempt(server, client);
    var code = attempt.code();
    attempt.redeem(code);
    attempt.assertion.put("jti", UUID.randomUUID().toString());
    var refused = attempt.redeem(code);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refusals())
        .singleElement()
        .asString()
        .contains("invalid_grant")
        .doesNotContain(code);
  }

  @Test
  void noneOfARefreshThatComesTooLate() throws Exception {
    assertThat(new Attempt(server, client).refresh("unknown").statusCode()).isEqualTo(403);

    assertThat(refusals()).isEmpty();
  }

  @Test
  void noneOfAPersonWhoIsRefused() throws Exception {
    new Attempt(server, client).present(Person.REVOKED);

    assertThat(refusals()).isEmpty();
  }

  @Test
  void namesALogOutWhereThereIsNone() throws Exception {
    server.get(server.issuer().url("/oidc/logout"));

    assertThat(refusals()).singleElement().asString().contains("no logout");
    assertThat(server.get(server.control("counts")).body()).contains("endSession=1\n");
  }

  @Test
  void areGoneAfterAReset() throws Exception {
    server.get(server.issuer().url("/oidc/authorize?client_id=nobody"));
    reset();

    assertThat(refusals()).isEmpty();
  }
}
