package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to log out, on real servers: with a Verifier whose logout works, as in later 3.x. */
@ExtendWith(Servers.Parameter.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LogoutIT {
  private static final String SECRET = "an invented client secret of the tests, 51 bytes...";

  /** The sample with provider oidc, which logs out at the authorization server. */
  private static final String AT_SERVER = "oidc";

  /** The sample with provider verifier, which logs out locally. */
  private static final String HERE = "verifier";

  private static final StandIn SERVER =
      StandIn.start(
          Servers.DIRECTORY.resolve("logout-standin.log"),
          ServerProcess.freePort(),
          "2.x",
          List.of("--standin.strict=true", "--standin.log-out=true"));
  private static final ClientKey KEY =
      ClientKey.create(Servers.DIRECTORY.resolve("logout-key.pem"));

  private static PayaraMicro payara;

  /** The applications of these tests. */
  static List<Path> wars() {
    return List.of(
        war(
            AT_SERVER,
            Map.of(
                "gatehouse.provider",
                "oidc",
                "gatehouse.client-id",
                AT_SERVER,
                "gatehouse.client-secret",
                SECRET,
                "gatehouse.scope",
                "openid learcredential")),
        war(HERE, Map.of("gatehouse.signing-key", KEY.location())));
  }

  @BeforeAll
  static void register(Servers servers) {
    payara = servers.payara();
    SERVER.await().registerSecret(AT_SERVER, SECRET, page(AT_SERVER, "").toString());
    SERVER.registerDidKey(KEY.didKey(), page(HERE, "").toString());
    List.of(AT_SERVER, HERE).forEach(payara::awaitApplication);
  }

  private static Path war(String context, Map<String, String> properties) {
    var all = new HashMap<>(properties);
    all.put("gatehouse.issuer", SERVER.issuer());
    all.put("gatehouse.api-origins", SERVER.apiOrigin());
    all.put("sample.api-url", SERVER.apiUrl());
    return ConfiguredWar.create(Servers.DIRECTORY.resolve(context + ".war"), all);
  }

  private static URI page(String context, String path) {
    return URI.create(payara.address(context).toString().replaceFirst("/$", "") + path);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void resetCounts() {
    SERVER.reset();
  }

  /** A browser of a user, and the authorization server's record of the login. */
  private record User(String context, Browser browser, JsonObject login) {
    static User loggedIn(String context, String person) {
      var before = SERVER.logins();
      var browser = new Browser();
      var page = browser.logIn(page(context, "/account"), person);
      assertThat(page.statusCode()).isEqualTo(200);
      var login = SERVER.logins().stream().filter(it -> !before.contains(it)).findFirst();
      return new User(context, browser, login.orElseThrow());
    }

    String sid() {
      return login.getString("sid");
    }

    HttpResponse<String> logOut() {
      return browser
          .with("Sec-Fetch-Site", "same-origin")
          .send("POST", page(context, "/gatehouse/logout"), "");
    }

    void assertLoggedIn() {
      assertThat(browser.get(page(context, "/account")).statusCode()).isEqualTo(200);
    }

    void assertLoggedOut() {
      var answer = browser.get(page(context, "/account"));
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(Browser.location(answer).toString()).startsWith(SERVER.issuer());
    }
  }

  @Test
  void withTheVerifierALogoutIsHere() {
    var user = User.loggedIn(HERE, "product-manager");
    var answer = user.logOut();
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(Browser.location(answer)).isEqualTo(page(HERE, "/"));
    user.assertLoggedOut();
    assertThat(SERVER.calls().getInt("revoke")).isZero();
    assertThat(SERVER.logins()).contains(user.login());
  }

  @Test
  @Tag("case-73")
  void aLogoutGoesOnAtTheServerAndComesBack() {
    var user = User.loggedIn(AT_SERVER, "product-manager");

    var answer = user.logOut();

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(Browser.location(answer).toString())
        .startsWith(SERVER.issuer() + "/oidc/logout?id_token_hint=")
        .contains("&client_id=oidc&post_logout_redirect_uri=", "&state=");
    assertThat(SERVER.calls().getInt("revoke")).isEqualTo(1);
    user.assertLoggedOut(); // before the browser has gone anywhere
    var end = user.browser().follow(answer);
    assertThat(end.uri()).isEqualTo(page(AT_SERVER, "/"));
    assertThat(end.statusCode()).isEqualTo(200);
    assertThat(end.body()).doesNotContain("Alex Example");
    assertThat(SERVER.logins()).doesNotContain(user.login());
    assertThat(SERVER.calls().getJsonArray("violations")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?state=", "?state=anything", "?state=a&state=b", "?x=1"})
  @Tag("case-73")
  void aReturnThatNobodyAskedForIsAPage(String query) {
    var answer = new Browser().get(page(AT_SERVER, "/gatehouse/logged-out" + query));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("You are logged out").doesNotContain("anything");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  @Tag("case-72")
  void aLogoutByLinkOrFromAnotherSiteDoesNothing() {
    var user = User.loggedIn(AT_SERVER, "product-manager");
    var logout = page(AT_SERVER, "/gatehouse/logout");
    assertThat(user.browser().get(logout).statusCode()).isEqualTo(405);
    user.browser().with("Sec-Fetch-Site", "cross-site");
    assertThat(user.browser().send("POST", logout, "").statusCode()).isEqualTo(403);
    user.browser().without("Sec-Fetch-Site").with("Origin", "https://evil.example");
    assertThat(user.browser().send("POST", logout, "").statusCode()).isEqualTo(403);
    user.browser().without("Origin");
    user.assertLoggedIn();
    assertThat(SERVER.calls().getInt("revoke")).isZero();
  }

  @Test
  @Tag("case-74")
  void theServerEndsOneSessionByItsSidAndNoOther() {
    var one = User.loggedIn(AT_SERVER, "product-manager");
    var other = User.loggedIn(AT_SERVER, "product-manager");
    var elsewhere = User.loggedIn(HERE, "product-manager");

    assertThat(SERVER.logOut("client=oidc&sid=" + one.sid())).isEqualTo(200);

    one.assertLoggedOut();
    other.assertLoggedIn();
    elsewhere.assertLoggedIn();
  }

  @Test
  @Tag("case-74")
  void theServerEndsAllSessionsOfAUserAndNoOthers() throws Exception {
    var one = User.loggedIn(AT_SERVER, "product-manager");
    var two = User.loggedIn(AT_SERVER, "product-manager");
    var other = User.loggedIn(AT_SERVER, "auditor");
    var sub = URLEncoder.encode(one.login().getString("sub"), StandardCharsets.UTF_8);

    assertThat(SERVER.logOut("client=oidc&sub=" + sub)).isEqualTo(200);

    one.assertLoggedOut();
    two.assertLoggedOut();
    other.assertLoggedIn();
    TimeUnit.MILLISECONDS.sleep(1100); // times in tokens are whole seconds
    User.loggedIn(AT_SERVER, "product-manager").assertLoggedIn();
  }

  @Test
  @Tag("case-73")
  @Tag("case-75")
  void aLogoutAtTheServerEndsWhatTheBackChannelNamesToo() {
    var one = User.loggedIn(AT_SERVER, "auditor");
    var answer = one.logOut();
    one.browser().follow(answer); // and the authorization server reports an already known logout
    one.assertLoggedOut();
    assertThat(SERVER.logOut("client=oidc&sid=a-session-that-nobody-knows")).isEqualTo(200);
  }

  private static JsonObjectBuilder claims(User user) {
    return Json.createObjectBuilder().add("aud", AT_SERVER).add("sid", user.sid());
  }

  private static int send(String token) {
    return new Browser()
        .send("POST", page(AT_SERVER, "/gatehouse/backchannel-logout"), "logout_token=" + token)
        .statusCode();
  }

  private static String token(JsonObjectBuilder claims, Map<String, Boolean> flags) {
    var wanted = Json.createObjectBuilder().add("claims", claims);
    flags.forEach(wanted::add);
    return SERVER.logoutToken(wanted.build());
  }

  @Test
  @Tag("case-74")
  void aLogoutTokenThatIsWrongInOneThingEndsNothing() {
    var user = User.loggedIn(AT_SERVER, "product-manager");
    var now = Instant.now().getEpochSecond();
    var wrong =
        List.of(
            token(claims(user), Map.of("algNone", true)),
            token(claims(user), Map.of("unrelatedKey", true)),
            token(claims(user).add("iss", "https://other.example"), Map.of()),
            token(claims(user).add("aud", "another"), Map.of()),
            token(claims(user).add("nonce", "n"), Map.of()),
            token(claims(user).addNull("events"), Map.of()),
            token(claims(user).addNull("jti"), Map.of()),
            token(claims(user).addNull("iat"), Map.of()),
            token(claims(user).addNull("sid"), Map.of()),
            token(claims(user).add("exp", now - 120), Map.of()),
            token(claims(user).add("iat", now - 3600), Map.of()));
    assertThat(wrong).allSatisfy(it -> assertThat(send(it)).isEqualTo(400));
    var byGet = new Browser().get(page(AT_SERVER, "/gatehouse/backchannel-logout"));
    assertThat(byGet.statusCode()).isEqualTo(405);
    user.assertLoggedIn();

    var right = token(claims(user), Map.of());
    assertThat(send(right)).isEqualTo(200);
    user.assertLoggedOut();
    assertThat(send(right)).isEqualTo(400); // once each
  }

  @Test
  @Tag("case-76")
  void theFrontChannelEndsTheSessionOfThisBrowserIfItIsMeant() {
    var user = User.loggedIn(AT_SERVER, "product-manager");
    var other = User.loggedIn(AT_SERVER, "product-manager");
    var iss = URLEncoder.encode(SERVER.tokenIssuer(), StandardCharsets.UTF_8);
    for (var query :
        List.of(
            "",
            "?iss=" + iss,
            "?sid=" + user.sid(),
            "?iss=" + iss + "x&sid=" + user.sid(),
            "?iss=" + iss + "&sid=" + user.sid() + "x",
            "?iss=" + iss + "&sid=" + other.sid())) {
      frontChannel(user, query);
      user.assertLoggedIn();
    }
    var answer = frontChannel(user, "?iss=" + iss + "&sid=" + user.sid());
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("frame-ancestors " + SERVER.apiOrigin());
    user.assertLoggedOut();
    other.assertLoggedIn();
  }

  private static HttpResponse<String> frontChannel(User user, String query) {
    var answer = user.browser().get(page(user.context(), "/gatehouse/frontchannel-logout" + query));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return answer;
  }
}
