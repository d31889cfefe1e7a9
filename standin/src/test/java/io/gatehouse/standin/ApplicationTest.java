package io.gatehouse.standin;

import static io.gatehouse.standin.TestServer.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.standin.config.PersonSettings;
import io.gatehouse.standin.did.DidKey;
import io.gatehouse.standin.state.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose key the stand-in makes, and people of its own. */
final class ApplicationTest {

  @Test
  void isRegisteredByItsKeyAtEachOfItsAddresses(@TempDir Path directory) throws Exception {
    var file = directory.resolve("key.jwk");
    try (var server =
        TestServer.start(
            "--standin.line=2.x",
            "--standin.signing-key=" + file,
            "--standin.application=http://localhost:8080/shop/",
            "--standin.people[0].name=alice",
            "--standin.people[0].powers=Offer:Read,Offer:Create,Audit:Read",
            "--standin.people[1].name=mallory",
            "--standin.people[1].refused=true")) {
      var didKey = DidKey.encode(ECKey.parse(Files.readString(file)));
      assertThat(add(server, "http://localhost:8081")).isEqualTo(204);
      assertThat(add(server, "shop")).isEqualTo(400);

      var client = server.part(Clients.class).find(didKey).orElseThrow();
      assertThat(client.redirectUris())
          .containsExactly(
              "http://localhost:8080/shop/gatehouse/callback",
              "http://localhost:8081/gatehouse/callback");
      assertThat(client.postLogoutRedirectUris())
          .contains("http://localhost:8081/gatehouse/logged-out");
      assertThat(server.get(server.control("properties")).body())
          .isEqualTo(
              "gatehouse.provider=verifier\ngatehouse.issuer=%s\ngatehouse.signing-key=%s\n"
                  .formatted(server.issuer().discovered(), file.toUri()));
      showsItsOwnPeople(server);
    }
    keepsTheKeyOfTheRunBefore(file);
  }

  private static int add(TestServer server, String url) throws Exception {
    return server.post(server.control("applications"), Map.of("url", url)).statusCode();
  }

  private static void showsItsOwnPeople(TestServer server) throws Exception {
    try (var client = TestClient.didKey()) {
      server.register(client.registration());
      var page = new Attempt(server, client).authorize();
      var alice = new PersonSettings("alice", List.of(), false).person();

      assertThat(page.body())
          .contains("id=\"person-alice\"", "Alice Example", "id=\"person-mallory\"")
          .doesNotContain("auditor");
      assertThat(location(server.choose(page, alice))).contains("code=");
    }
  }

  private static void keepsTheKeyOfTheRunBefore(Path file) throws Exception {
    var before = Files.readString(file);
    try (var server = TestServer.start("--standin.signing-key=" + file)) {
      assertThat(Files.readString(file)).isEqualTo(before);
      assertThat(server.get(server.control("properties")).body())
          .contains("gatehouse.id-token.issuer=" + server.issuer().ofTokens());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----",
        // RFC 7515, A.3, without its private half
        "{'kty':'EC','crv':'P-256','x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',"
            + "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'}"
      })
  void aKeyThatIsNoPrivateJwkStopsItAndIsNotQuoted(String text, @TempDir Path directory)
      throws Exception {
    var file = Files.writeString(directory.resolve("key"), text.replace('\'', '"'));

    assertThatThrownBy(() -> TestServer.start("--standin.signing-key=" + file))
        .rootCause()
        .hasMessage("standin.signing-key is no private JWK of P-256: " + file);
  }

  @Test
  void anOptionThatDoesNotExistStopsIt() {
    assertThatThrownBy(() -> TestServer.start("--standin.lien=2.x"))
        .rootCause()
        .hasMessageContaining("standin.lien");
  }
}
