package io.gatehouse.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.Tokens;
import io.gatehouse.filter.Browser;
import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeAuthorizationServer;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The user's permissions follow from the signed content of the tokens, in the configured form. */
class UserClaimsTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Deployment application;
  private final Browser browser;

  UserClaimsTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.ROLES, "groups")
                .with(Property.REQUIRED_ROLES, "/admin/*=admin")
                .read(),
            clock,
            "/shop");
    browser = new Browser(application);
  }

  @AfterEach
  void close() {
    application.close();
    server.close();
  }

  private FakeResponse logIn(Browser user) throws Exception {
    return logIn(user, "");
  }

  private FakeResponse logIn(Browser user, String more) throws Exception {
    var redirect = user.open("/shop/orders");
    return user.comeBack(server.answerTo(redirect) + more);
  }

  private void claim(String name, Object value) {
    server.idTokens(
        it -> {
          var all = new LinkedHashMap<>(it);
          all.put(name, value);
          return all;
        });
  }

  private static Tokens tokens(Browser user) {
    var session = Objects.requireNonNull(user.session());
    return (Tokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
  }

  @Test
  @Tag("case-54")
  void areThoseOfTheIdTokenAndTheUserinfoEndpointIsNeverAsked() throws Exception {
    server.isIssuer();
    server.answersMetadataRequests(
        it ->
            Reply.json(
                it.body()
                    .replaceFirst(
                        "}$", ",\"userinfo_endpoint\":\"" + server.origin() + "/userinfo\"}")));
    var discovered = ValidConfiguration.ofVerifier().with(Property.ISSUER, server.origin()).read();
    try (var other = new Deployment(discovered, clock, "/shop")) {
      var user = new Browser(other);
      assertThat(logIn(user, "&iss=" + server.origin()).status()).isEqualTo(303);
      assertThat(user.open("/shop/orders").status()).isEqualTo(200);
      assertThat(tokens(user).user().claims()).containsEntry("name", "Ada");
      assertThat(server.calls())
          .containsExactly("/.well-known/openid-configuration", "/jwks", "/token");
    }
  }

  static Stream<Object> groupsThatAreNotAdmin() {
    return Stream.of(
        "<script>admin</script>",
        "admin ",
        " admin",
        "ADMIN",
        "reader\nadmin",
        "reader,admin",
        "admin\u0000",
        "a".repeat(10_000),
        List.of(List.of("admin")),
        List.of("reader\nadmin", "reader\r\nadmin", "**", "*", ""),
        Map.of("admin", true),
        Map.of("name", "admin"),
        "{\"admin\":true}",
        1,
        true,
        new BigInteger("9".repeat(400)),
        List.of(new BigInteger("1".repeat(40)), -1, 0.5, true));
  }

  @ParameterizedTest
  @MethodSource("groupsThatAreNotAdmin")
  @Tag("case-55")
  void ofAHostileFormGiveNoRole(Object groups) throws Exception {
    claim("groups", groups);
    assertThat(logIn(browser).status()).isEqualTo(303);
    assertNoAdmin();
    // as a container reads it on another node, where roles are written as text
    var copy = TokenSetForm.fromBytes(TokenSetForm.toBytes(set())).orElseThrow();
    assertThat(copy.user().roles()).isEqualTo(set().user().roles()).doesNotContain("admin");
  }

  private TokenSet set() {
    return ((SessionTokens) tokens(browser)).current();
  }

  private void assertNoAdmin() throws Exception {
    var refused = browser.open("/shop/admin/x");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("script>", "admin<");
    assertThat(application.reached()).isEmpty();
    assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
    assertThat(application.reached().get(0).isUserInRole("admin")).isFalse();
  }

  @Test
  @Tag("case-55")
  void withTheRightFormGiveTheRole() throws Exception {
    claim("groups", List.of("admin"));
    assertThat(logIn(browser).status()).isEqualTo(303);
    assertThat(browser.open("/shop/admin/x").status()).isEqualTo(200);
  }

  @Test
  @Tag("case-55")
  void of200KBMakeNoSession() throws Exception {
    claim("groups", List.of("g".repeat(200_000)));
    assertThat(logIn(browser).status()).isEqualTo(502);
    assertThat(browser.session()).isNull();
  }

  private static Reply withScope(Reply reply, String scope) {
    var member = scope.isEmpty() ? "" : ",\"scope\":\"" + scope + "\"";
    return Reply.json(reply.body().replaceFirst("}$", member + "}"));
  }

  private String scopeAfterLogIn(String stated) throws Exception {
    server.answersTokenRequests(it -> withScope(it, stated));
    var user = new Browser(application);
    assertThat(logIn(user).status()).isEqualTo(303);
    return tokens(user).scope();
  }

  /** The request asks for openid and learcredential. */
  @Test
  @Tag("case-47")
  void theScopeIsWhatTheServerStatedAndNeverWhatWasAskedFor() throws Exception {
    assertThat(scopeAfterLogIn("")).isEmpty();
    assertThat(scopeAfterLogIn("openid")).isEqualTo("openid");
    assertThat(scopeAfterLogIn("openid learcredential x")).isEqualTo("openid learcredential x");
  }

  @Test
  @Tag("case-47")
  void aRefreshChangesTheScopeOnlyIfTheServerStatesOne() throws Exception {
    server.answersTokenRequests(it -> withScope(it, "openid x"));
    logIn(browser);
    server.answersTokenRequests(it -> it);
    for (var it : List.of("=openid x", "openid=openid", "=openid", "openid x y=openid x y")) {
      var stated = it.substring(0, it.indexOf('='));
      server.answersRefreshes(reply -> withScope(reply, stated));
      clock.advance(Duration.ofMinutes(12));
      browser.open("/shop/orders");
      assertThat(tokens(browser).scope()).isEqualTo(it.substring(it.indexOf('=') + 1));
    }
    assertThat(server.refreshes()).isEqualTo(4);
  }
}
