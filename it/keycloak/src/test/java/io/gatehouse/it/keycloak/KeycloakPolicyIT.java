package io.gatehouse.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.it.servers.Browser;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The settings of docs/keycloak.md are in force: Keycloak refuses requests that differ from
 * Gatehouse's. The requests come from a client that signs any content.
 */
@ExtendWith(Shop.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakPolicyIT {
  private static final String CHALLENGE =
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636 B

  private final Shop shop;
  private final String clientId = "client-" + UUID.randomUUID();
  private final ClientJwk key;
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final HttpServer web;
  private final String publicUrl;

  KeycloakPolicyIT(Shop shop) throws IOException {
    this.shop = shop;
    key = ClientJwk.create(shop.directory().resolve("policy.jwk"), "ES256");
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          var file = files.getOrDefault(exchange.getRequestURI().getPath(), "");
          exchange.sendResponseHeaders(200, file.length());
          try (var body = exchange.getResponseBody()) {
            body.write(file.getBytes(StandardCharsets.US_ASCII));
          }
        });
    web.start();
    publicUrl = "http://127.0.0.1:" + web.getAddress().getPort();
    files.put("/gatehouse/jwks", key.publicJwks());
    shop.realm().createClient(shop.document().clientWithKey(clientId, publicUrl, "ES256"));
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  private JsonObjectBuilder claims() {
    var now = Instant.now().getEpochSecond();
    return Json.createObjectBuilder()
        .add("iss", clientId)
        .add("client_id", clientId)
        .add("aud", shop.realm().issuer())
        .add("response_type", "code")
        .add("scope", "openid")
        .add("redirect_uri", publicUrl + "/gatehouse/callback")
        .add("state", "s")
        .add("nonce", "n")
        .add("code_challenge", CHALLENGE)
        .add("code_challenge_method", "S256")
        .add("iat", now)
        .add("nbf", now)
        .add("exp", now + 300)
        .add("jti", UUID.randomUUID().toString());
  }

  /** Creates a client like ours with one change; the client has the same key. */
  private String createClient(UnaryOperator<JsonObject> change) {
    var other = "client-" + UUID.randomUUID();
    var like = shop.document().clientWithKey(other, publicUrl, "ES256");
    shop.realm().createClient(change.apply(like));
    return other;
  }

  private HttpResponse<String> sendByValue(String client) {
    var object = signed(claims().add("iss", client).add("client_id", client));
    return authorize(client, "&request=" + object);
  }

  @Test
  void refusesAnObjectInTheAddressOfAClientThatHasToPushIt() {
    assertThat(sendByValue(createClient(shop.document()::sendingByValue)))
        .matches(Customer::isLoginForm);
    assertRefused(sendByValue(createClient(shop.document()::pushing)));
  }

  @Test
  void refusesARequestForAnAnswerThatIsNotSigned() {
    var client = createClient(shop.document()::withSignedAnswers);
    var claims = claims().add("iss", client).add("client_id", client).build();
    var secured = Json.createObjectBuilder(claims).add("response_mode", "jwt");

    assertThat(sendHosted(client, signed(secured))).matches(Customer::isLoginForm);
    assertRefused(sendHosted(client, signed(Json.createObjectBuilder(claims))));
  }

  private HttpResponse<String> sendHosted(String client, String object) {
    files.put("/gatehouse/request/object", object);
    return authorize(client, "&request_uri=" + encoded(publicUrl + "/gatehouse/request/object"));
  }

  private String signed(JsonObjectBuilder claims) {
    return key.requestObject(claims.build().toString());
  }

  /** Requests a login with this object, hosted as ours are. */
  private HttpResponse<String> send(String object) {
    files.put("/gatehouse/request/object", object);
    return send("request_uri", publicUrl + "/gatehouse/request/object");
  }

  private HttpResponse<String> send(String parameter, String value) {
    return authorize(clientId, "&%s=%s".formatted(parameter, encoded(value)));
  }

  private HttpResponse<String> authorize(String client, String rest) {
    return new Browser()
        .get(
            URI.create(
                "%s?client_id=%s&response_type=code&scope=openid%s"
                    .formatted(shop.realm().authorizationEndpoint(), client, rest)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Verifies a refusal with a page, or at the redirect URI if the URI could be trusted. */
  static void assertRefused(HttpResponse<String> answer) {
    if (answer.statusCode() == 302) {
      assertThat(Browser.location(answer).toString())
          .contains("/gatehouse/callback?error=invalid_request");
    } else {
      assertThat(answer.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void refusesARequestOfOursWithoutItsObject() {
    var ours = Browser.location(new Browser().get(shop.page(Shop.ES256, "/who")));
    var callback = shop.page(Shop.ES256, "/gatehouse/callback").toString();

    assertThat(new Browser().get(ours)).matches(Customer::isLoginForm);
    var plain =
        ours.toString().replaceFirst("request_uri=[^&]+", "redirect_uri=" + encoded(callback));
    assertRefused(new Browser().get(URI.create(plain)));
  }

  @Test
  void leavesTheLoginOfItsOwnAccountConsoleAlone() {
    var rest =
        "&redirect_uri=%s&code_challenge=%s&code_challenge_method=S256"
            .formatted(encoded(shop.realm().issuer() + "/account/"), CHALLENGE);

    assertThat(authorize("account-console", rest)).matches(Customer::isLoginForm);
  }

  @Test
  void refusesAnObjectThatIsInTheAddress() {
    var object = signed(claims());

    assertThat(send(object)).matches(Customer::isLoginForm);
    assertRefused(send("request", object));
  }

  @Test
  void refusesAnObjectThatWasChangedAfterItWasSigned() {
    var object = signed(claims()).split("\\.", -1);
    var other = signed(claims().add("state", "t")).split("\\.", -1);

    assertRefused(send(String.join(".", object[0], other[1], object[2])));
  }

  static Stream<Named<JsonObject>> changes() {
    var now = Instant.now().getEpochSecond();
    return Stream.of(
        named("expired", change().add("nbf", now - 120).add("exp", now - 60).build()),
        named("valid for two hours", change().add("exp", now + 7200).build()),
        named("without nbf", change().addNull("nbf").build()),
        named("for another server", change().add("aud", "https://other.example").build()),
        named("without PKCE", withoutChallenge().build()),
        named("with PKCE in clear", change().add("code_challenge_method", "plain").build()),
        named("with another callback", change().add("redirect_uri", "https://o.example").build()));
  }

  private static JsonObjectBuilder withoutChallenge() {
    return change().addNull("code_challenge").addNull("code_challenge_method");
  }

  private static JsonObjectBuilder change() {
    return Json.createObjectBuilder();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesAnObjectThatIsWrongInOneThing(JsonObject change) {
    var changed = Json.createMergePatch(change).apply(claims().build());

    assertRefused(send(key.requestObject(changed.toString())));
  }
}
