package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether an application starts at all: it serves guarded, or it does not serve. */
@ExtendWith({LoginServer.Start.class, ArquillianExtension.class})
class ContainerStartIT {
  private static final String WRONG = "wrong";
  private static final String THIN = "thin";
  private static final String ALONE = "alone";
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");

  @Deployment(name = WRONG, managed = false, testable = false)
  static WebArchive wrong() {
    return Application.archive(
        "bare.war",
        WRONG,
        Map.of(
            "gatehouse.signing-key", "file:/not/there.pem",
            "gatehouse.isuer", "misspelt",
            "gatehouse.public-paths", "/*",
            "gatehouse.clock-skew", "301s"));
  }

  /** Behind TLS, with a server that is not there, and a filter without async support. */
  @Deployment(name = ALONE, managed = false, testable = false)
  static WebArchive alone() {
    var archive =
        Application.archive(
            "bare.war",
            ALONE,
            Map.of(
                "gatehouse.issuer", NOBODY,
                "gatehouse.endpoints.authorization", NOBODY + "/authorize",
                "gatehouse.endpoints.token", NOBODY + "/token",
                "gatehouse.endpoints.jwks", NOBODY + "/jwks",
                "gatehouse.public-url", "https://app.example/alone"));
    try (var webXml = archive.get("WEB-INF/web.xml").getAsset().openStream()) {
      var text = new String(webXml.readAllBytes(), StandardCharsets.UTF_8);
      var without =
          text.replaceFirst(
              "(GatehouseFilter</filter-class>)\\s*<async-supported>true</async-supported>", "$1");
      assertThat(without).isNotEqualTo(text);
      archive.setWebXML(new StringAsset(without));
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Deployment(name = THIN, managed = false, testable = false)
  static WebArchive thin() {
    return Application.archive("thin.war", THIN, Map.of());
  }

  @Test
  @Tag("case-77")
  @Tag("case-79")
  void withAWrongConfigurationItServesNothingAndSaysWhy(@ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, WRONG)) {
      attempt.assertServesNothing();
      attempt.assertSays(
          "4 faults",
          "gatehouse.signing-key",
          "gatehouse.isuer",
          "/* would leave nothing protected",
          "gatehouse.clock-skew");
    }
  }

  @Test
  @Tag("case-78")
  @Tag("case-79")
  @Tag("case-84")
  @Tag("case-85")
  @Tag("case-90")
  @Tag("case-92")
  void withoutTheServerItStartsAndALogInEndsLater(@ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, ALONE)) {
      var browser = new Browser();
      var redirect = forwarded(browser).get(attempt.page("/who"));
      assertThat(redirect.statusCode()).isEqualTo(302);
      assertThat(Browser.location(redirect).toString())
          .startsWith(NOBODY + "/authorize?")
          .contains("request_uri=https%3A%2F%2Fapp.example%2Falone%2Fgatehouse%2Frequest%2F")
          .doesNotContain("evil");
      assertIsForThisHostOnly(redirect.headers().allValues("Set-Cookie"));

      var state = STATE.matcher(Browser.location(redirect).toString());
      assertThat(state.find()).isTrue();
      var back = browser.get(attempt.page("/gatehouse/callback?code=c&state=" + state.group(1)));
      assertThat(back.statusCode()).isEqualTo(503);
      assertThat(back.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]?");
      assertThat(back.body()).doesNotContain("127.0.0.1:1", "Exception");
      assertThat(browser.cookies(back.uri())).doesNotContainKey("JSESSIONID");

      var open = browser.get(attempt.page("/open/who"));
      assertThat(open.statusCode()).isEqualTo(200);
      assertThat(open.body()).contains("subject null");
      attempt.assertSays("<async-supported>true</async-supported> to it in web.xml");
    }
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
  void withoutMicroProfileConfigAndJsonProcessingItStartsWhereTheServerHasThem(
      @ArquillianResource Deployer deployer) {
    try (var attempt = Attempt.of(deployer, THIN)) {
      if (Container.hasServletsOnly()) {
        attempt.assertServesNothing();
        attempt.assertSays(
            "Add io.smallrye.config:smallrye-config-core ", "Add org.eclipse.parsson:parsson ");
      } else {
        LoginServer.register(attempt.page("").toString());
        var landed = new Browser().logIn(attempt.page("/who"), "auditor");
        assertThat(landed.body()).contains("subject did:key:");
      }
    }
  }
}
