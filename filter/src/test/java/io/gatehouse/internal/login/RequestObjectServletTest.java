package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.Browser;
import io.gatehouse.filter.CountedSignatures;
import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.filter.Refusals;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signed request object, fetched by the server (RFC 9101 section 5.2.3). */
class RequestObjectServletTest {
  private static final String REQUESTS = "https://app.example/shop/gatehouse/request/";

  private final AdjustableClock clock = new AdjustableClock();
  private final Refusals refusals = new Refusals(clock);
  private final Deployment application;
  private final FakeResponse redirect;
  private Browser server;
  private final String handle;

  RequestObjectServletTest() throws Exception {
    application = new Deployment(configuration().read(), clock, "/shop");
    server = new Browser(application);
    redirect = new Browser(application).open("/shop/orders");
    handle = redirect.parameter("request_uri").substring(REQUESTS.length());
  }

  private static ValidConfiguration configuration() {
    return ValidConfiguration.ofVerifier()
        .with(Property.ENDPOINTS_AUTHORIZATION, "https://verifier.example/authorize")
        .with(Property.ENDPOINTS_TOKEN, "https://verifier.example/token")
        .with(Property.ENDPOINTS_JWKS, "https://verifier.example/jwks");
  }

  @AfterEach
  void undeploy() {
    refusals.close();
    application.close();
  }

  private FakeResponse fetch(String path) throws Exception {
    return fetch("GET", path);
  }

  // As the server does: no cookies, no Accept.
  private FakeResponse fetch(String method, String path) throws Exception {
    return server.send(FakeRequest.of(method, "/shop/gatehouse/request/" + path));
  }

  private static JsonObject part(String jws, int index) {
    var json = Base64.getUrlDecoder().decode(jws.split("\\.", -1)[index]);
    try (var reader = Json.createReader(new ByteArrayInputStream(json))) {
      return reader.readObject();
    }
  }

  private void assertNotFound(FakeResponse response) throws Exception {
    assertThat(response.body()).isEmpty();
    assertThat(response.cookies()).isEmpty();
    assertThat(response.headers().keySet())
        .containsExactlyInAnyOrder("Cache-Control", "X-Content-Type-Options", "Referrer-Policy");
    refusals.assertRefused(server, response, 404);
  }

  @Tag("case-20")
  @Test
  void isACompactJwsOfItsMediaType() throws Exception {
    var response = fetch(handle);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo("application/oauth-authz-req+jwt");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Content-Length"))
        .isEqualTo(String.valueOf(response.body().length()));
    assertThat(response.body())
        .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}")
        .hasSizeLessThanOrEqualTo(4096);
    assertThat(response.cookies()).isEmpty();
  }

  @Tag("case-21")
  @Test
  void hasTheHeaderAndClaimsOfRfc9101() throws Exception {
    var jws = fetch(handle).body();
    assertThat(part(jws, 0).toString())
        .isEqualTo(
            "{\"alg\":\"ES256\",\"typ\":\"oauth-authz-req+jwt\",\"kid\":\"%s\"}"
                .formatted(ValidConfiguration.RFC_7515_A_3_DID_KEY));
    var claims = part(jws, 1);
    var begun = clock.instant().getEpochSecond();
    assertThat(claims.getString("iss")).isEqualTo(ValidConfiguration.RFC_7515_A_3_DID_KEY);
    assertThat(claims.getString("client_id")).isEqualTo(ValidConfiguration.RFC_7515_A_3_DID_KEY);
    assertThat(claims.getString("aud")).isEqualTo("https://verifier.example");
    assertThat(claims.getString("redirect_uri"))
        .isEqualTo("https://app.example/shop/gatehouse/callback");
    assertThat(claims.getInt("iat")).isEqualTo((int) begun);
    assertThat(claims.getInt("nbf")).isEqualTo((int) begun - 60);
    assertThat(claims.getInt("exp")).isEqualTo((int) begun + 300);
    assertThat(claims.getString("jti")).matches("[A-Za-z0-9_-]{43}");
    assertThat(claims).doesNotContainKeys("sub", "request", "request_uri", "code_verifier");
  }

  @Tag("case-22")
  @Test
  void saysWhatTheQuerySays() throws Exception {
    var claims = part(fetch(handle).body(), 1);
    redirect
        .parameters()
        .forEach(
            (name, value) -> {
              if (!name.equals("request_uri")) {
                assertThat(claims.getString(name)).as(name).isEqualTo(value);
              }
            });
  }

  @Tag("case-34")
  @Test
  void applicationsOfTwoServersHaveRedirectUrisOfTheirOwn() throws Exception {
    var other =
        configuration()
            .with(Property.ISSUER, "https://other.example")
            .with(Property.ENDPOINTS_AUTHORIZATION, "https://other.example/authorize")
            .with(Property.PUBLIC_URL, "https://app.example/blog");
    try (var blog = new Deployment(other.read(), clock, "/blog")) {
      var uri = new Browser(blog).open("/blog/").parameter("request_uri");
      var path = uri.substring("https://app.example".length());
      var there = part(blog.answer(FakeRequest.get(path)).body(), 1);
      var here = part(fetch(handle).body(), 1);
      assertThat(there.getString("redirect_uri"))
          .isEqualTo("https://app.example/blog/gatehouse/callback")
          .isNotEqualTo(here.getString("redirect_uri"));
      assertThat(there.getString("aud")).isNotEqualTo(here.getString("aud"));
    }
  }

  @Tag("case-21")
  @Test
  void isSignedWithTheClientsKey() throws Exception {
    var jws = fetch(handle).body();
    var end = jws.lastIndexOf('.');
    var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(KeyFactory.getInstance("EC").generatePublic(publicKey()));
    verifier.update(jws.substring(0, end).getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(jws.substring(end + 1)))).isTrue();
  }

  private static ECPublicKeySpec publicKey() throws Exception {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    var point =
        new ECPoint(
            number("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
            number("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
    return new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class));
  }

  private static BigInteger number(String base64Url) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
  }

  @Tag("case-23")
  @Test
  void everyFlippedBitOfAHandleGetsTheSame404AndNoSignature() throws Exception {
    var genuine = Base64.getUrlDecoder().decode(handle);
    try (var signatures = new CountedSignatures()) {
      for (int bit = 0; bit < genuine.length * 8; bit++) {
        var forged = genuine.clone();
        forged[bit / 8] = (byte) (forged[bit / 8] ^ (1 << (bit % 8)));
        assertNotFound(fetch(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)));
      }
      assertThat(signatures.count()).isZero();
      assertThat(fetch(handle).status()).isEqualTo(200);
      assertThat(signatures.count()).isEqualTo(1);
    }
  }

  @Tag("case-130")
  @Tag("case-24")
  @Test
  void isSignedOnceHoweverOftenItIsFetched() throws Exception {
    try (var signatures = new CountedSignatures()) {
      var first = fetch(handle).body();
      for (var i = 0; i < 50; i++) {
        assertThat(fetch(handle).body()).isEqualTo(first);
      }
      assertThat(signatures.count()).isEqualTo(1);
      var other = new Browser(application).open("/shop/orders").parameter("request_uri");
      assertThat(fetch(other.substring(REQUESTS.length())).body()).isNotEqualTo(first);
      assertThat(signatures.count()).isEqualTo(2);
    }
  }

  @Tag("case-130")
  @Tag("case-24")
  @Test
  void isSignedOnceWhenManyFetchItAtTheSameTime() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    var together = new CyclicBarrier(8);
    try (var signatures = new CountedSignatures()) {
      Callable<String> fetching =
          () -> {
            together.await();
            return application.answer(FakeRequest.get("/shop/gatehouse/request/" + handle)).body();
          };
      var bodies = new HashSet<String>();
      for (var fetched : threads.invokeAll(Collections.nCopies(8, fetching))) {
        bodies.add(fetched.get());
      }
      assertThat(bodies).hasSize(1).doesNotContain("");
      assertThat(signatures.count()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Tag("case-24")
  @Test
  void anotherSpellingOfAHandleGetsNoSignature() throws Exception {
    try (var signatures = new CountedSignatures()) {
      assertThat(fetch(handle).status()).isEqualTo(200);
      for (var last :
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
        fetch(handle.substring(0, handle.length() - 1) + last);
      }
      assertThat(signatures.count()).isEqualTo(1);
    }
  }

  // Bounded memory: whoever fetches more handles than are remembered pays with a redirect for each.
  @Tag("case-80")
  @Test
  void theObjectsThatAreRememberedAreBoundedAndTheOldestGo() throws Exception {
    try (var signatures = new CountedSignatures()) {
      fetch(handle);
      for (var i = 0; i < SignedObjects.MAX_OBJECTS; i++) {
        var uri = new Browser(application).open("/shop/orders").parameter("request_uri");
        fetch(uri.substring(REQUESTS.length()));
        if (i == SignedObjects.MAX_OBJECTS - 2) {
          fetch(handle);
          assertThat(signatures.count()).as("still remembered").isEqualTo(i + 2);
        }
      }
      assertThat(signatures.count()).isEqualTo(SignedObjects.MAX_OBJECTS + 1);
      fetch(handle);
      assertThat(signatures.count()).as("used last").isEqualTo(SignedObjects.MAX_OBJECTS + 1);
      for (var i = 0; i < SignedObjects.MAX_OBJECTS; i++) {
        var uri = new Browser(application).open("/shop/orders").parameter("request_uri");
        fetch(uri.substring(REQUESTS.length()));
      }
      fetch(handle);
      assertThat(signatures.count()).isEqualTo(2 * SignedObjects.MAX_OBJECTS + 2);
    }
  }

  @Tag("case-24")
  @Test
  void isNotServedFromMemoryAfterItsTime() throws Exception {
    assertThat(fetch(handle).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(5));
    assertNotFound(fetch(handle));
  }

  @Tag("case-23")
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA", ".", "%2e%2e", "=", "a b", "\u00E9"})
  void whatIsNoHandleGetsTheSame404(String path) throws Exception {
    assertNotFound(fetch(path));
  }

  @Tag("case-23")
  @Test
  void aHandleThatIsCutLengthenedOrPaddedGetsTheSame404() throws Exception {
    assertNotFound(fetch(handle.substring(1)));
    assertNotFound(fetch(handle.substring(0, handle.length() - 1)));
    assertNotFound(fetch(handle + "A"));
    assertNotFound(fetch(handle + "="));
    assertNotFound(fetch("A".repeat(401)));
  }

  @Tag("case-26")
  @Test
  void furtherSegmentsGetTheSame404() throws Exception {
    assertNotFound(fetch(handle + "/"));
    assertNotFound(fetch(handle + "/x"));
    assertNotFound(fetch("/" + handle));
    assertNotFound(server.send(FakeRequest.get("/shop/gatehouse/request")));
  }

  @Tag("case-23")
  @Test
  void aHandleIsGoodUntilTheLoginTimesOutAndNoSecondLonger() throws Exception {
    clock.advance(Duration.ofSeconds(299));
    assertThat(fetch(handle).status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertNotFound(fetch(handle));
  }

  @Tag("case-23")
  @Test
  void aHandleFromTheFutureBeyondTheClockSkewGetsTheSame404() throws Exception {
    clock.advance(Duration.ofMinutes(-1));
    assertThat(fetch(handle).status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(-1));
    assertNotFound(fetch(handle));
  }

  @Tag("case-23")
  @Test
  void aCookieIsNoHandle() throws Exception {
    assertNotFound(fetch(redirect.cookies().get(0).getValue()));
  }

  @Tag("case-23")
  @Test
  void aHandleOfAnotherApplicationGetsTheSame404() throws Exception {
    for (var other :
        List.of(
            configuration().with(Property.PUBLIC_URL, "https://other.example/shop"),
            configuration().with(Property.ISSUER, "https://verifier.example/other"),
            configuration().with(Property.SIGNING_KEY, ValidConfiguration.RFC_7517_A_2))) {
      try (var deployed = new Deployment(other.read(), clock, "/shop")) {
        server = new Browser(deployed);
        assertNotFound(fetch(handle));
      }
    }
  }

  @Tag("case-24")
  @Test
  void isFetchedAgainWithTheSameClaimsHereAndOnAnotherNodeAndAfterARestart() throws Exception {
    var claims = part(fetch(handle).body(), 1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(part(fetch(handle).body(), 1)).isEqualTo(claims);
    try (var otherNode = new Deployment(configuration().read(), clock, "/shop")) {
      var there = otherNode.answer(FakeRequest.get("/shop/gatehouse/request/" + handle));
      assertThat(part(there.body(), 1)).isEqualTo(claims);
    }
  }

  @Tag("case-24")
  @Test
  void isFetchedAfterTheKeyWasRotatedWithinTheLoginsLife() throws Exception {
    // With provider oidc the client keeps its id when its key changes.
    var before =
        configuration().with(Property.PROVIDER, "oidc").with(Property.CLIENT_ID, "shop").read();
    var after =
        configuration()
            .with(Property.PROVIDER, "oidc")
            .with(Property.CLIENT_ID, "shop")
            .with(Property.SIGNING_KEY, ValidConfiguration.RFC_7517_A_2)
            .with(Property.SIGNING_KEY_PREVIOUS, ValidConfiguration.RFC_7515_A_3)
            .read();
    try (var old = new Deployment(before, clock, "/shop");
        var rotated = new Deployment(after, clock, "/shop")) {
      var uri = new Browser(old).open("/shop/").parameter("request_uri");
      var path = uri.substring("https://app.example".length());
      var first = old.answer(FakeRequest.get(path)).body();
      var second = rotated.answer(FakeRequest.get(path)).body();
      assertThat(part(second, 1)).isEqualTo(part(first, 1));
      assertThat(part(second, 0).getString("kid")).isEqualTo("1");
    }
  }

  @Tag("case-25")
  @Test
  void holdsNothingThatIsSecret() throws Exception {
    var claims = part(fetch(handle).body(), 1).toString();
    assertThat(claims)
        .doesNotContain("orders")
        .doesNotContain(redirect.cookies().get(0).getValue());
    assertThat(redirect.header("Location")).doesNotContain("orders");
  }

  @Tag("case-26")
  @Test
  void headHasTheHeadersAndNoBody() throws Exception {
    var response = fetch("HEAD", handle);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo("application/oauth-authz-req+jwt");
    assertThat(response.body()).isEmpty();
    assertNotFound(fetch("HEAD", "x"));
  }

  @Tag("case-26")
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get"})
  void otherMethodsAreRefused(String method) throws Exception {
    var response = fetch(method, handle);
    assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
    assertThat(response.body()).isEmpty();
    refusals.assertRefused(server, response, 405);
  }

  @Test
  void aDerivedPublicUrlTravelsInTheHandleSinceTheServerHasAnotherHost() throws Exception {
    var developed =
        configuration().with(Property.ISSUER, "http://localhost:9").without(Property.PUBLIC_URL);
    try (var local = new Deployment(developed.read(), clock, "/shop")) {
      var request = FakeRequest.navigation("/shop/").header("Host", "localhost:8080");
      var uri = new Browser(local).send(request).location();
      assertThat(uri.getRawQuery()).contains("request_uri=http%3A%2F%2Flocalhost%3A8080%2Fshop");
      var handleThere = uri.getRawQuery().replaceAll(".*request%2F([A-Za-z0-9_-]+).*", "$1");
      var fetched =
          local.answer(
              FakeRequest.get("/shop/gatehouse/request/" + handleThere)
                  .header("Host", "evil.example"));
      assertThat(part(fetched.body(), 1).getString("redirect_uri"))
          .isEqualTo("http://localhost:8080/shop/gatehouse/callback");
    }
  }
}
