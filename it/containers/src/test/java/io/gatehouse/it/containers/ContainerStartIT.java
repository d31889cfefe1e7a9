package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.Deployed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The start of an application: it serves guarded, or it does not serve. */
@OnEveryContainer
class ContainerStartIT {
  private static final Application WRONG = Application.at("wrong");
  private static final Application THIN = Application.at("thin");
  private static final Application ALONE = Application.at("alone");
  private static final Duration MAX_LOG_TIME = Duration.ofSeconds(10);
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");

  static Deployed wrong() {
    return WRONG.deployed(
        WRONG.war(
            Map.of(
                "gatehouse.signing-key", "file:/not/there.pem",
                "gatehouse.isuer", "misspelt",
                "gatehouse.public-paths", "/*",
                "gatehouse.clock-skew", "301s")));
  }

  /**
   * Creates an application behind TLS, with an absent authorization server, and a filter without
   * async support.
   */
  static Deployed alone() {
    var war =
        ALONE.war(
            Map.of(
                "gatehouse.issuer", NOBODY,
                "gatehouse.endpoints.authorization", NOBODY + "/authorize",
                "gatehouse.endpoints.token", NOBODY + "/token",
                "gatehouse.endpoints.jwks", NOBODY + "/jwks",
                "gatehouse.public-url", "https://app.example/alone"));
    return ALONE.deployed(
        war.changed(
            "/WEB-INF/web.xml",
            it ->
                it.replaceFirst(
                    "(GatehouseFilter</filter-class>)\\s*<async-supported>true</async-supported>",
                    "$1")));
  }

  static Deployed thin() {
    return THIN.deployed(THIN.war("thin.war", Map.of()));
  }

  static void register(StandIn standIn) {
    standIn.registerDidKey(THIN.clientId(), THIN.publicUrl());
  }

  private static void assertServesNothing(Application application) {
    for (var path : List.of("/who", "/open/who", "/", "/static/file.txt", "/visits")) {
      assertThat(new Browser().get(application.page(path)).statusCode())
          .as(path)
          .matches(it -> it == 404 || it >= 500);
    }
  }

  private static void assertSays(String... texts) {
    var end = Instant.now().plus(MAX_LOG_TIME);
    while (!Stream.of(texts).allMatch(Servers.container().log()::contains)
        && Instant.now().isBefore(end)) {
      ServerProcess.pause();
    }
    assertThat(Servers.container().log()).contains(texts);
  }

  @Test
  @Tag("case-77")
  @Tag("case-79")
  void withAWrongConfigurationItServesNothingAndSaysWhy() {
    assertServesNothing(WRONG);
    assertSays(
        "4 faults",
        "gatehouse.signing-key",
        "gatehouse.isuer",
        "/* is refused, since it would leave nothing protected",
        "gatehouse.clock-skew");
  }

  @Test
  @Tag("case-78")
  @Tag("case-79")
  @Tag("case-84")
  @Tag("case-85")
  @Tag("case-90")
  @Tag("case-92")
  void withoutTheServerItStartsAndALogInEndsLater() {
    Servers.container().await(ALONE.path(), "/open/who", "subject null");
    var browser = new Browser();
    var redirect = forwarded(browser).get(ALONE.page("/who"));
    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(Browser.location(redirect).toString())
        .startsWith(NOBODY + "/authorize?")
        .contains("request_uri=https%3A%2F%2Fapp.example%2Falone%2Fgatehouse%2Frequest%2F")
        .doesNotContain("evil");
    assertIsForThisHostOnly(redirect.headers().allValues("Set-Cookie"));

    var state = STATE.matcher(Browser.location(redirect).toString());
    assertThat(state.find()).isTrue();
    var back = browser.get(ALONE.page("/gatehouse/callback?code=c&state=" + state.group(1)));
    assertThat(back.statusCode()).isEqualTo(503);
    assertThat(back.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]?");
    assertThat(back.body()).doesNotContain("127.0.0.1:1", "Exception");
    assertThat(browser.cookies(back.uri())).doesNotContainKey("JSESSIONID");

    var open = browser.get(ALONE.page("/open/who"));
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(open.body()).contains("subject null");
    assertSays("does not declare <async-supported>true</async-supported>");
  }

  private static Browser forwarded(Browser browser) {
    return browser
        .with("X-Forwarded-Host", "evil.example")
        .with("X-Forwarded-Proto", "http")
        .with("X-Forwarded-Prefix", "/evil")
        .with("Forwarded", "for=192.0.2.1;host=evil.example;proto=http");
  }

  private static void assertIsForThisHostOnly(List<String> setCookies) {
    assertThat(setCookies)
        .singleElement()
        .asString()
        .startsWith("__Host-gatehouse-")
        .hasSizeLessThan(4_096)
        .containsIgnoringCase("; secure")
        .containsIgnoringCase("; httponly")
        .containsIgnoringCase("; samesite=lax")
        .containsIgnoringCase("; path=/")
        .doesNotContainIgnoringCase("; path=/alone")
        .doesNotContainIgnoringCase("domain=");
  }

  @Test
  void withoutMicroProfileConfigAndJsonProcessingItStartsWhereTheServerHasThem() {
    if (ContainerServer.hasServletsOnly()) {
      assertServesNothing(THIN);
      assertSays(
          "Add io.smallrye.config:smallrye-config-core ", "Add org.eclipse.parsson:parsson ");
    } else {
      Servers.container().await(THIN.path(), "/open/who", "subject null");
      var landed = new Browser().logIn(THIN.page("/who"), "auditor");
      assertThat(landed.body()).contains("subject did:key:");
    }
  }

  /**
   * Verifies that logs have the finest level; otherwise the absence of secrets would prove nothing.
   */
  @Test
  @Tag("case-89")
  void theLogHasWhatIsLoggedAtTheFinestLevel() {
    new Browser().get(Application.BARE.page("/open/log?text=hear-me"));

    assertSays("as Gatehouse: hear-me", "as jose4j: hear-me");
  }
}
