package io.gatehouse.internal.server;

import static io.gatehouse.internal.jose.TestKeys.json;
import static io.gatehouse.internal.jose.TestKeys.with;
import static io.gatehouse.internal.server.FakeCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.protocol.TestLogin;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
  private static final String ISSUER = "https://op.example/tenant";
  private static final String OIDC = ISSUER + "/.well-known/openid-configuration";
  private static final String RFC_8414 =
      "https://op.example/.well-known/oauth-authorization-server/tenant";
  private static final Map<String, Object> VALID =
      Map.of(
          "issuer", ISSUER,
          "authorization_endpoint", ISSUER + "/authorize",
          "token_endpoint", ISSUER + "/token",
          "jwks_uri", ISSUER + "/jwks");

  private final FakeCalls calls = new FakeCalls();

  private ServerMetadata fetch(Map<Endpoint, URI> configured) throws LoginFailedException {
    return new Discovery(calls, ISSUER, configured).fetch();
  }

  private ServerMetadata fetch(Map<String, Object> document, Map<Endpoint, URI> configured)
      throws LoginFailedException {
    calls.serve(OIDC, answer(200, json(document)));
    return fetch(configured);
  }

  private void assertFails(Map<String, Object> document, Failure failure, String reason) {
    assertThatThrownBy(() -> fetch(document, Map.of()))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(failure);
              assertThat(e.reason()).contains(reason);
            });
  }

  @Test
  void readsTheDocumentOfOpenIdConnectDiscovery() throws LoginFailedException {
    var metadata = fetch(VALID, Map.of());
    assertThat(metadata.issuer()).isEqualTo(ISSUER);
    assertThat(metadata.at(Endpoint.AUTHORIZATION)).hasToString(ISSUER + "/authorize");
    assertThat(metadata.at(Endpoint.TOKEN)).hasToString(ISSUER + "/token");
    assertThat(metadata.at(Endpoint.JWKS)).hasToString(ISSUER + "/jwks");
    assertThat(metadata.sendsIssuer()).isFalse();
    assertThat(calls.gets).containsExactly(OIDC);
  }

  @Test
  void readsTheDocumentOfRfc8414WhereThereIsNone() throws LoginFailedException {
    calls.serve(RFC_8414, answer(200, json(VALID)));
    assertThat(fetch(Map.of()).at(Endpoint.TOKEN)).hasToString(ISSUER + "/token");
    assertThat(calls.gets).containsExactly(OIDC, RFC_8414);
  }

  @ParameterizedTest
  @CsvSource({
    "https://op.example, https://op.example/.well-known/openid-configuration, "
        + "https://op.example/.well-known/oauth-authorization-server",
    "https://op.example/, https://op.example/.well-known/openid-configuration, "
        + "https://op.example/.well-known/oauth-authorization-server",
    "https://op.example:8443/a/b/, https://op.example:8443/a/b/.well-known/openid-configuration, "
        + "https://op.example:8443/.well-known/oauth-authorization-server/a/b"
  })
  void looksAtTheTwoPlaces(String issuer, String first, String second) {
    var discovery = new Discovery(calls, issuer, Map.of());
    assertThatThrownBy(discovery::fetch)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
    assertThat(calls.gets).containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 302, 303, 307, 401, 403, 429, 500, 503})
  @Tag("case-48")
  @Tag("case-84")
  void isUnavailableAtAnyOtherStatusAndAsksOnce(int status) {
    calls.serve(OIDC, answer(status, json(VALID), Duration.ofSeconds(7)));
    calls.serve(RFC_8414, answer(200, json(VALID)));
    assertThatThrownBy(() -> fetch(Map.of()))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
              assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(7));
            });
    assertThat(calls.gets).containsExactly(OIDC);
  }

  private static ServerResponse moved(int status, String location) {
    var to = Optional.of(location).filter(it -> !it.isEmpty());
    return new ServerResponse(status, new byte[0], Duration.ZERO, to);
  }

  @ParameterizedTest
  @CsvSource({
    "301, https://new.example/x, to https://new.example/x",
    "308, https://new.example/x, to https://new.example/x",
    "301, HTTPS://New.Example:443/x, to https://new.example/x",
    "301, http://new.example:8080/x, to http://new.example:8080/x",
    "301, /x, to https://op.example/x",
    "301, //new.example/x, to https://new.example/x",
    "301, https://canary:canary@new.example/x?canary=canary#canary, to https://new.example/x",
    "301, '', without a usable Location",
    "301, canary canary, without a usable Location",
    "301, canary:canary, without a usable Location",
    "301, javascript:canary(), without a usable Location",
    "301, ftp://canary.example/x, without a usable Location",
    "301, https:///canary, without a usable Location"
  })
  @Tag("case-48")
  void isMisconfiguredWhereTheMetadataHasMovedForGood(int status, String location, String told) {
    calls.serve(OIDC, moved(status, location));
    assertThatThrownBy(() -> fetch(Map.of()))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.MISCONFIGURED);
              assertThat(e.reason())
                  .isEqualTo(
                      "%s answers with status %d %s; redirects are not followed: correct"
                              .formatted(OIDC, status, told)
                          + " gatehouse.issuer");
            });
    assertThat(calls.gets).containsExactly(OIDC);
  }

  @Test
  @Tag("case-48")
  void namesNoTargetThatMayBeACaptivePortals() {
    calls.serve(OIDC, moved(302, "https://canary.example/"));
    assertThatThrownBy(() -> fetch(Map.of())).hasMessage(OIDC + " answers with status 302");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://op.example/tenant/",
        "https://op.example/Tenant",
        "https://OP.example/tenant",
        "https://op.example:443/tenant",
        "http://op.example/tenant",
        "https://evil.example/tenant"
      })
  @Tag("case-78")
  void refusesADocumentWhoseIssuerIsNotEqualToTheLetter(String issuer) {
    assertFails(with(VALID, "issuer", issuer), Failure.MISCONFIGURED, "(RFC 8414 3.3)");
  }

  @Test
  @Tag("case-78")
  void refusesADocumentWithoutIssuer() {
    var without = new LinkedHashMap<>(VALID);
    without.remove("issuer");
    assertFails(without, Failure.MISCONFIGURED, "(RFC 8414 3.3)");
  }

  @ParameterizedTest
  @CsvSource({
    "authorization_endpoint, endpoints.authorization",
    "token_endpoint, endpoints.token",
    "jwks_uri, endpoints.jwks"
  })
  @Tag("case-62")
  void refusesAnEndpointOnAnotherOrigin(String name, String property) {
    for (var other :
        new String[] {
          "https://evil.example/x", "https://op.example:8443/x", "https://op.example.evil.example/x"
        }) {
      assertFails(with(VALID, name, other), Failure.MISCONFIGURED, name + " is on another origin");
      assertFails(with(VALID, name, other), Failure.MISCONFIGURED, "gatehouse." + property);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://op.example/token",
        "ftp://op.example/token",
        "/token",
        "//op.example/token",
        "https://user@op.example/token",
        "https://op.example/token#x",
        "https:///token",
        "javascript:alert(1)",
        "https://op.example/ token",
        ""
      })
  @Tag("case-62")
  void refusesAnEndpointThatIsNoSafeAddress(String address) {
    assertThatThrownBy(() -> fetch(with(VALID, "token_endpoint", address), Map.of()))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.INVALID_ANSWER));
  }

  @Test
  void refusesADocumentThatLacksAnEndpoint() {
    var without = new LinkedHashMap<>(VALID);
    without.remove("jwks_uri");
    assertFails(without, Failure.INVALID_ANSWER, "no safe jwks_uri");
  }

  @Test
  void namesAByteOrderMark() {
    calls.serve(OIDC, answer(200, "\ufeff" + json(VALID)));
    assertThatThrownBy(() -> fetch(Map.of()))
        .hasMessageStartingWith("the server's metadata begins with a byte order mark");
  }

  @Test
  void refusesADocumentThatIsNoJson() {
    calls.serve(OIDC, answer(200, "<html></html>"));
    assertThatThrownBy(() -> fetch(Map.of()))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.INVALID_ANSWER));
  }

  @Test
  @Tag("case-62")
  void anEndpointThatIsConfiguredWinsAndMayBeElsewhere() throws LoginFailedException {
    var elsewhere = URI.create("https://tokens.example/token");
    var metadata =
        fetch(
            with(VALID, "token_endpoint", "https://evil.example/token"),
            Map.of(Endpoint.TOKEN, elsewhere));
    assertThat(metadata.at(Endpoint.TOKEN)).isEqualTo(elsewhere);
    assertThat(metadata.at(Endpoint.JWKS)).hasToString(ISSUER + "/jwks");
  }

  @Test
  void asksNobodyIfEveryEndpointIsConfigured() throws LoginFailedException {
    var metadata = fetch(TestLogin.ENDPOINTS);
    assertThat(metadata.endpoints()).isEqualTo(TestLogin.ENDPOINTS);
    assertThat(metadata.sendsIssuer()).isFalse();
    assertThat(calls.gets).isEmpty();
  }

  @Test
  @Tag("case-34")
  void readsWhetherTheServerSendsIss() throws LoginFailedException {
    var name = "authorization_response_iss_parameter_supported";
    assertThat(fetch(with(VALID, name, true), Map.of()).sendsIssuer()).isTrue();
    assertThat(fetch(with(VALID, name, false), Map.of()).sendsIssuer()).isFalse();
  }

  @Test
  void acceptsAServerOnLoopbackOverHttp() throws LoginFailedException {
    var issuer = "http://127.0.0.1:8080";
    calls.serve(
        issuer + "/.well-known/openid-configuration",
        answer(200, json(VALID).replace(ISSUER, issuer)));
    assertThat(new Discovery(calls, issuer, Map.of()).fetch().at(Endpoint.JWKS))
        .hasToString(issuer + "/jwks");
  }

  @Test
  void readsAnOptionalEndpointAndTakesOneElsewhereOrUnsafeForNone() throws LoginFailedException {
    var name = "end_session_endpoint";
    assertThat(fetch(with(VALID, name, ISSUER + "/logout"), Map.of()).find(Endpoint.END_SESSION))
        .hasValue(URI.create(ISSUER + "/logout"));
    for (var other : List.of("https://elsewhere.example/logout", "http://op.example/logout", "")) {
      assertThat(fetch(with(VALID, name, other), Map.of()).find(Endpoint.END_SESSION)).isEmpty();
    }
    assertThat(fetch(VALID, Map.of()).find(Endpoint.END_SESSION)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void anEndpointThatIsNoTextIsAbsentIfOptionalAndRefusedIfRequired(Endpoint endpoint)
      throws LoginFailedException {
    for (var value : List.<Object>of(1, true, List.of(ISSUER + "/x"), Map.of("x", ISSUER + "/x"))) {
      var document = with(VALID, endpoint.metadataName(), value);
      if (endpoint.isRequired()) {
        assertFails(document, Failure.INVALID_ANSWER, "is not a string with content");
      } else {
        assertThat(fetch(document, Map.of()).find(endpoint)).isEmpty();
      }
    }
  }
}
