package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OfferingsApiTest {
  private static final FakeTokens GOOD = new FakeTokens("good", Optional.empty(), true);
  private static final FakeTokens REVOKED = new FakeTokens("revoked", Optional.of("good"), true);

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private OfferingsApi api;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/offerings", this::answer);
    server.start();
    api =
        new OfferingsApi(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var token = exchange.getRequestHeaders().getFirst("Authorization");
    calls.add((exchange.getRequestMethod() + " " + token + " " + body).strip());
    if (!token.equals("Bearer good")) {
      exchange.sendResponseHeaders(token.equals("Bearer powerless") ? 403 : 401, -1);
    } else if (exchange.getRequestMethod().equals("POST")) {
      exchange.sendResponseHeaders(201, -1);
    } else {
      var list = "{\"offerings\":[]}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, list.length);
      exchange.getResponseBody().write(list);
    }
    exchange.close();
  }

  @Test
  void listsWithTheAccessToken() throws OfferingsUnavailableException {
    assertThat(api.offerings(GOOD)).isEmpty();
    assertThat(calls).containsExactly("GET Bearer good");
  }

  @Test
  void listsOnceMoreWithAnotherTokenWhenTheFirstIsRefused() throws OfferingsUnavailableException {
    assertThat(api.offerings(REVOKED)).isEmpty();
    assertThat(calls).containsExactly("GET Bearer revoked", "GET Bearer good");
  }

  @Test
  void letsARefusalStandWhenThereIsNoOtherToken() {
    var tokens = new FakeTokens("revoked", Optional.empty(), true);

    assertThatThrownBy(() -> api.offerings(tokens)).hasMessageContaining("401");
    assertThat(calls).hasSize(1);
  }

  @Test
  void listsTwiceAtMost() {
    var tokens = new FakeTokens("revoked", Optional.of("revoked too"), true);

    assertThatThrownBy(() -> api.offerings(tokens)).hasMessageContaining("401");
    assertThat(calls).hasSize(2);
  }

  @Test
  void publishesAName() throws OfferingsUnavailableException {
    api.publish(GOOD, "Ferry \"North\" 港");

    assertThat(calls).containsExactly("POST Bearer good {\"name\":\"Ferry \\\"North\\\" 港\"}");
  }

  @Test
  void publishesOnceOnlyWhateverTheAnswer() {
    assertThatThrownBy(() -> api.publish(REVOKED, "Ferry"))
        .hasMessageContaining("could not publish the offering (401)");
    assertThat(calls).hasSize(1);
  }

  @Test
  void saysThatThePowersDoNotLetPublish() {
    var tokens = new FakeTokens("powerless", Optional.empty(), true);

    assertThatThrownBy(() -> api.publish(tokens, "Ferry")).hasMessageContaining("powers");
  }

  @Test
  void sendsNoTokenWhereNoneMayGo() {
    var tokens = new FakeTokens("good", Optional.empty(), false);

    assertThatThrownBy(() -> api.offerings(tokens)).hasMessageContaining("not set up");
    assertThatThrownBy(() -> api.publish(tokens, "Ferry")).hasMessageContaining("not set up");
    assertThat(calls).isEmpty();
  }
}
