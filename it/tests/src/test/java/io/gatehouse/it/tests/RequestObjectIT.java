package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosted request object, as an authorization server fetches it. */
@ExtendWith(Servers.Parameter.class)
class RequestObjectIT {
  private final Servers servers;

  RequestObjectIT(Servers servers) {
    this.servers = servers;
  }

  private Map<String, String> beginLogin(String context) {
    var location = Browser.location(new Browser().get(servers.page(context, "/account")));
    return Arrays.stream(location.getRawQuery().split("&", -1))
        .map(it -> it.split("=", 2))
        .collect(
            Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8)));
  }

  private static String requestUri(Map<String, String> query) {
    return Objects.requireNonNull(query.get("request_uri"));
  }

  /** Fetches as the Verifier does: without Accept, cookies or any other browser header. */
  private static HttpResponse<String> fetch(String requestUri) {
    return new Browser()
        .without("Accept")
        .without("Sec-Fetch-Mode")
        .without("Sec-Fetch-Dest")
        .get(URI.create(requestUri));
  }

  private static JsonObject part(String jwt, int index) {
    var bytes = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]);
    try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Servers.V2, Servers.V3, Servers.HMAC})
  @Tag("case-20")
  void isServedExactlyAsServersAskForIt(String context) {
    var answer = fetch(requestUri(beginLogin(context)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Content-Type"))
        .containsExactly("application/oauth-authz-req+jwt");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    assertThat(answer.body())
        .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")
        .hasSizeLessThanOrEqualTo(4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {Servers.V2, Servers.V3, Servers.HMAC})
  @Tag("case-21")
  @Tag("case-22")
  void saysTheSameAsTheQuery(String context) {
    var query = beginLogin(context);
    var jwt = fetch(requestUri(query)).body();
    var claims = part(jwt, 1);

    assertThat(requestUri(query)).hasSizeLessThanOrEqualTo(512);
    assertThat(query).doesNotContainKey("request");
    for (var mirrored :
        List.of(
            "client_id",
            "response_type",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method")) {
      assertThat(claims.getString(mirrored)).as(mirrored).isEqualTo(query.get(mirrored));
    }
    assertThat(part(jwt, 0).getString("typ")).isEqualTo("oauth-authz-req+jwt");
    assertThat(claims.getString("aud")).isEqualTo(servers.verifierOf(context).issuer());
    assertThat(claims.getString("iss")).isEqualTo(query.get("client_id"));
    assertThat(claims.getString("redirect_uri"))
        .isEqualTo(servers.page(context, "/gatehouse/callback").toString());
    assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(300);
    assertThat(claims.getInt("exp") - claims.getInt("nbf")).isLessThanOrEqualTo(3600);
    assertThat(claims.keySet()).doesNotContain("sub", "request", "request_uri");
  }

  @Test
  @Tag("case-24")
  void isTheSameHoweverOftenItIsFetched() {
    var requestUri = requestUri(beginLogin(Servers.V3));

    assertThat(part(fetch(requestUri).body(), 1)).isEqualTo(part(fetch(requestUri).body(), 1));
  }

  @Test
  @Tag("case-25")
  void holdsNothingThatOnlyThisApplicationMayKnow() {
    var requestUri = requestUri(beginLogin(Servers.V3));

    assertThat(part(fetch(requestUri).body(), 1).toString())
        .doesNotContain("code_verifier", "account");
  }

  @Test
  @Tag("case-23")
  void isTheSameEmpty404ForEveryHandleThatIsNotGenuine() {
    var requestUri = requestUri(beginLogin(Servers.V3));
    var begin = requestUri.lastIndexOf('/') + 1;

    for (int i = begin; i < requestUri.length(); i++) {
      var other = requestUri.charAt(i) == 'A' ? 'B' : 'A';
      var flipped = requestUri.substring(0, i) + other + requestUri.substring(i + 1);
      assertNotFound(fetch(flipped));
    }
    assertNotFound(fetch(requestUri.substring(0, requestUri.length() - 1)));
    assertNotFound(fetch(requestUri + "A"));
    assertNotFound(fetch(requestUri.replace("/" + Servers.V3 + "/", "/" + Servers.V2 + "/")));
    assertNotFound(fetch(requestUri + "/more"));
    assertNotFound(fetch(requestUri.substring(0, begin)));
  }

  private static void assertNotFound(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  @Tag("case-26")
  void answersHeadAndNoOtherMethod() {
    var requestUri = URI.create(requestUri(beginLogin(Servers.V3)));

    assertThat(new Browser().send("HEAD", requestUri, "").statusCode()).isEqualTo(200);
    for (var method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      var answer = new Browser().send(method, requestUri, "");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void isSignedByTheKeyThatTheJwksHas() {
    var jwt = fetch(requestUri(beginLogin(Servers.V3))).body();
    var jwks = fetch(servers.page(Servers.V3, "/gatehouse/jwks").toString());

    assertThat(jwks.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(jwks.body())
        .contains("\"kid\":\"" + part(jwt, 0).getString("kid") + "\"")
        .doesNotContain("\"d\"");
  }
}
