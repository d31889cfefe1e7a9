package io.gatehouse.standin;

import static io.gatehouse.standin.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.standin.config.Person;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protected API lets create only whose credential has the power. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OfferingsTest {

  private static final Map<String, String> CREATED =
      Map.of("id", "offering-4", "name", "Example Queue", "status", "In study");

  private TestServer server;
  private TestClient client;
  private String manager;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.start("--standin.line=3.x");
    client = TestClient.didKey();
    server.register(client.registration());
    manager = accessToken(server, Person.PRODUCT_MANAGER);
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

  @Test
  void powerToCreateCreates() throws Exception {
    var answer = create(server, manager, "{\"name\":\"Example Queue\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer)).isEqualTo(CREATED);
    assertThat(offerings()).hasSize(4).contains(CREATED);
    assertThat(server.calls()).containsEntry("api", 2L);
  }

  @Test
  void powerMayStandInAVcThatIsAString() throws Exception {
    try (var other = TestServer.start("--standin.vc-as-string=true")) {
      other.register(client.registration());
      var token = accessToken(other, Person.PRODUCT_MANAGER);

      assertThat(create(other, token, "{\"name\":\"Example Queue\"}").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void powerToReadCreatesNothing() throws Exception {
    var auditor = accessToken(server, Person.AUDITOR);
    var answer = create(server, auditor, "{\"name\":\"Example Queue\"}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(json(answer)).containsEntry("error", "insufficient_scope");
    assertThat(offerings()).hasSize(3);
  }

  @Test
  void noTokenCreatesNothing() throws Exception {
    var answer =
        server.post(server.issuer().url("/api/offerings"), "application/json", "no JSON at all");
    var wrong = create(server, "wrong", "{\"name\":\"Example Queue\"}");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(offerings()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"name\":\" \"}", "{\"name\":7}"})
  void nameIsRequired(String body) throws Exception {
    var answer = create(server, manager, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer)).containsEntry("error", "invalid_request");
    assertThat(offerings()).hasSize(3);
  }

  @Test
  void nameIsShort() throws Exception {
    assertThat(create(server, manager, "{\"name\":\"" + "n".repeat(201) + "\"}").statusCode())
        .isEqualTo(400);
    assertThat(create(server, manager, "{\"name\":\"" + "n".repeat(200) + "\"}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void onlyTheLastHundredAreKept() throws Exception {
    for (int i = 0; i < 101; i++) {
      create(server, manager, "{\"name\":\"Example Queue\"}");
    }

    assertThat(offerings()).hasSize(103).doesNotContain(CREATED);
  }

  @Test
  void troubleConcernsCreationToo() throws Exception {
    server.post(server.control("api-trouble"), Map.of("kind", "unauthorized", "times", "1"));

    assertThat(create(server, manager, "{\"name\":\"Example Queue\"}").statusCode()).isEqualTo(401);
    assertThat(create(server, manager, "{\"name\":\"Example Queue\"}").statusCode()).isEqualTo(201);
  }

  private String accessToken(TestServer at, Person person) throws Exception {
    var attempt = new Attempt(at, client);
    var tokens = json(attempt.redeem(Attempt.code(attempt.present(person))));
    return String.valueOf(tokens.get("access_token"));
  }

  private static HttpResponse<String> create(TestServer at, String token, String body)
      throws Exception {
    return at.post(
        at.issuer().url("/api/offerings"),
        "application/json",
        body,
        "Authorization",
        "Bearer " + token);
  }

  private List<Object> offerings() throws Exception {
    var answer =
        server.get(server.issuer().url("/api/offerings"), "Authorization", "Bearer " + manager);
    return JSONObjectUtils.getJSONArray(json(answer), "offerings");
  }
}
