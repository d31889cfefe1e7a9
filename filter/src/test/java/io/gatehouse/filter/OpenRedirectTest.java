package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login ends in the application or does not begin, whatever a visitor requests. */
@Tag("case-14")
class OpenRedirectTest {
  private static final String APPLICATION = "https://app.example/shop/";

  // The places from which software could take a return address.
  private static final List<String> PLACES =
      List.of(
          "/shop%s",
          "/shop/%s",
          "/shop/orders%s",
          "/shop/orders/%s",
          "/shop/orders?%s",
          "/shop/orders?next=%s",
          "/shop/gatehouse/login%s",
          "/shop/gatehouse/login?%s",
          "/shop/gatehouse/login?return=%s&target=%1$s&next=%1$s",
          "/shop/gatehouse/callback%s",
          "/shop/gatehouse/callback?%s",
          "/shop/gatehouse/callback?code=x&state=x&return=%s",
          "/shop/gatehouse/logged-out?%s",
          "/shop/gatehouse/logged-out?state=%s&post_logout_redirect_uri=%1$s");

  private static final List<UnaryOperator<String>> SPELLINGS =
      List.of(it -> it, OpenRedirectTest::encoded, it -> encoded(encoded(it)));

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Deployment application;

  OpenRedirectTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application =
        new Deployment(server.endpointsOf(ValidConfiguration.ofVerifier()).read(), clock, "/shop");
  }

  @AfterEach
  void close() {
    application.close();
    server.close();
  }

  private static String encoded(String text) {
    var encoded = new StringBuilder();
    for (byte it : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(
          it >= 'a' && it <= 'z' ? String.valueOf((char) it) : "%%%02X".formatted(it & 0xFF));
    }
    return encoded.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "///evil.example",
        "////evil.example/%2e%2e",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\\/evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\r\n/evil.example",
        "/\n//evil.example",
        "\r\nLocation: https://evil.example",
        " //evil.example",
        "\u0000//evil.example",
        "\u00A0//evil.example",
        "/\u2028/evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "HTTPS:\\\\evil.example",
        "//evil.example\\@app.example",
        "//app.example@evil.example",
        "https://app.example:x@evil.example",
        "https://app.example.evil.example",
        "//app.example.evil.example",
        "//app.exampl\u0435",
        "//evil\u3002example",
        "//2130706433",
        "//[::1]",
        "/.//evil.example",
        "/..//evil.example",
        "/./..//evil.example",
        "/..;//evil.example",
        "/;//evil.example",
        "/;jsessionid=x//evil.example",
        "/%2f/evil.example",
        "/%5cevil.example",
        "/%09/evil.example",
        "/%0d%0a/evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "javascript://app.example/%0aalert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://evil.example/x",
        "@evil.example",
        ".evil.example",
        ":80@evil.example",
        "?//evil.example",
        "#//evil.example",
        "/%00//evil.example",
        "/\"><a href=//evil.example>"
      })
  void leadsIntoTheApplicationOrNowhere(String payload) throws Exception {
    for (var spelling : SPELLINGS) {
      for (var place : PLACES) {
        assertLeadsNowhereElse(place.formatted(spelling.apply(payload)));
      }
      assertIsNoLandingPage(spelling.apply(payload));
    }
  }

  private void assertLeadsNowhereElse(String target) throws Exception {
    var browser = new Browser(application);
    var response = browser.open(target);
    assertThat(response.body()).as(target).doesNotContain("evil");
    if (response.status() != 302) {
      assertThat(response.headers()).as(target).doesNotContainKey("Location");
      return;
    }
    assertThat(response.header("Location")).as(target).startsWith(server.origin() + "/authorize?");
    assertIsOfTheApplication(wayOn(browser, response));
    if (target.startsWith("/shop/orders?next=")) {
      var again = browser.open(target);
      var ended = browser.comeBack("code=" + server.codeFor(again) + state(again));
      assertThat(ended.status()).as(target).isEqualTo(303);
      assertIsOfTheApplication(ended.header("Location"));
    }
  }

  // After this beginning no browser looks for a host: that ended with the first slash.
  private static void assertIsOfTheApplication(String address) {
    assertThat(address).startsWith(APPLICATION).doesNotContain("\\", "<", "\"");
    var path = address.substring(APPLICATION.length() - 1).replaceFirst("\\?.*", "");
    assertThat(path).doesNotStartWith("//").doesNotContain("/../", "/./");
  }

  private static String state(FakeResponse redirect) {
    return "&state=" + redirect.parameter("state") + "&return=//evil.example";
  }

  // A login that the user has broken off offers a link to the requested page.
  private static String wayOn(Browser browser, FakeResponse redirect) throws Exception {
    var page = browser.comeBack("error=access_denied" + state(redirect));
    return page.body().replaceFirst("(?s).*<a href=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
  }

  private static void assertIsNoLandingPage(String path) {
    for (var landing : List.of(path, "/" + path, "/home" + path)) {
      var faults =
          ValidConfiguration.ofVerifier().with(Property.LANDING_PAGE, landing).faults().orElse("");
      if (faults.isEmpty()) { // a page of the application whose name looks like something else
        assertThat(landing).matches("(/[A-Za-z0-9._~-]+)+/?(\\?[A-Za-z0-9._~&=-]*)?");
      } else {
        assertThat(faults).contains("gatehouse.landing-page").doesNotContain("evil");
      }
    }
  }
}
