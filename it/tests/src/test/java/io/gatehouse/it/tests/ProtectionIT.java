package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access without a login, and the responses to unauthenticated requests. */
@ExtendWith(Servers.Parameter.class)
class ProtectionIT {
  private static final String CONTEXT = Servers.V3;

  private final Servers servers;
  private final URI account;

  ProtectionIT(Servers servers) {
    this.servers = servers;
    this.account = servers.page(CONTEXT, "/account");
  }

  /** Returns the status line and headers for a request that no HTTP client would send. */
  private String raw(String method, String target, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), account.getPort())) {
      socket.setSoTimeout(10_000);
      var request =
          "%s %s HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
              .formatted(method, target, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/account;x=1",
        "/account;jsessionid=Z",
        "/;/account",
        "/icons/..;/account",
        "/icons/../account",
        "/icons/%2e%2e/account",
        "/icons/%2e%2e%2faccount",
        "/icons/..%2faccount",
        "/icons/..%5caccount",
        "/icons/..\\account",
        "/icons;/../account",
        "/%61ccount",
        "//account",
        "/./account",
        "/style.css/../account",
        "/style.css;/../account",
        "/style.css%00/../account",
        "/account%00",
        "/account%0a",
        "/account/",
        "/account?x=/style.css",
        "/account#/style.css",
        "/account%23/style.css",
        "/account%3bjsessionid=1",
        "/icons/%252e%252e/account",
        "/ACCOUNT",
        "/icons/%c0%ae%c0%ae/account",
        "/WEB-INF/pages/account/profile.jsp",
        "/gatehouse/",
        "/gatehouse/other",
        "/gatehouse/login/../../account",
        "/gatehouse/jwks/..;/../account",
        "/gatehouse/callback;/../../account"
      })
  @Tag("case-2")
  @Tag("case-3")
  @Tag("case-4")
  @Tag("case-6")
  void neverShowsAProtectedPageHoweverItsPathIsWritten(String path) throws IOException {
    var answer = raw("GET", "/" + CONTEXT + path, "localhost:" + account.getPort());

    assertThat(answer.substring(0, 12)).as(answer).containsAnyOf(" 301", " 302", " 400", " 404");
    assertThat(answer).doesNotContain("Your account", "JSESSIONID");
    // 301 is the container's own redirect to a path that it has made canonical.
    if (answer.startsWith("HTTP/1.1 302")) {
      assertThat(answer).contains("Location: " + servers.verifierOf(CONTEXT).issuer());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/style.css", "/icons/harbour.svg"})
  void showsPublicPathsToAnybody(String path) {
    assertThat(new Browser().get(servers.page(CONTEXT, path)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,cors,application/json",
    "GET,cors,text/html",
    "GET,same-origin,*/*",
    "GET,no-cors,image/png",
    "GET,websocket,*/*",
    "POST,navigate,text/html",
    "PUT,cors,*/*",
    "DELETE,cors,*/*",
    "HEAD,navigate,text/html",
    "OPTIONS,cors,*/*",
    "PROPFIND,navigate,text/html",
    "ODD,navigate,text/html"
  })
  @Tag("case-9")
  @Tag("case-11")
  @Tag("case-17")
  void tellsProgramsToLogInAndSendsThemNowhere(String method, String mode, String accept) {
    var browser = new Browser().with("Sec-Fetch-Mode", mode).with("Accept", accept);

    var answer = browser.send(method, account, method.equals("POST") ? "a=b" : "");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    if (!method.equals("HEAD")) {
      assertThat(answer.body())
          .contains("\"login\":\"" + servers.page(CONTEXT, "/gatehouse/login") + "\"");
    }
  }

  @Test
  @Tag("case-9")
  void refusesTrace() throws IOException {
    assertThat(raw("TRACE", account.getRawPath(), "localhost:" + account.getPort()))
        .startsWith("HTTP/1.1 405");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Uri",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Forwarded-Prefix",
        "X-HTTP-Method-Override"
      })
  @Tag("case-7")
  void ignoresHeadersThatNameAnotherPath(String header) {
    var browser = new Browser().with(header, "/" + CONTEXT + "/style.css");

    assertThat(browser.get(account).statusCode()).isEqualTo(302);
  }

  @Test
  @Tag("case-12")
  void ignoresIdentitiesThatTheClientSends() {
    var browser =
        new Browser()
            .with("X-Remote-User", "root")
            .with("Remote-User", "root")
            .with("X-Forwarded-User", "root")
            .with("Authorization", "Bearer root");

    assertThat(browser.get(account).statusCode()).isEqualTo(302);
  }

  @Test
  @Tag("case-16")
  @Tag("case-92")
  void takesNoAddressFromAPoisonedHost() throws IOException {
    var poisoned = raw("GET", account.getRawPath(), "attacker.example");
    var forwarded =
        new Browser()
            .with("X-Forwarded-Host", "attacker.example")
            .with("X-Forwarded-Proto", "https")
            .with("Forwarded", "host=attacker.example")
            .get(account);

    assertThat(poisoned)
        .startsWith("HTTP/1.1 500")
        .doesNotContain("attacker.example", "Set-Cookie");
    assertThat(forwarded.headers().firstValue("Location").orElseThrow())
        .doesNotContain("attacker")
        .contains("localhost%3A" + account.getPort());
  }

  @Test
  @Tag("case-15")
  void dropsAReturnThatIsTooLongAndStillLogsIn() {
    var browser = new Browser();
    var page = servers.page(CONTEXT, "/account?tab=powers&long=" + "x".repeat(2100));

    var landed = browser.logIn(page, "auditor");

    assertThat(landed.uri()).isEqualTo(account);
    assertThat(landed.body()).contains("Robin Sample");
  }

  @Test
  @Tag("case-19")
  void stopsAskingWhenTheBrowserKeepsNoSessionCookie() {
    var browser = new Browser();
    for (int i = 0; i < 3; i++) {
      var back = browser.choose(browser.open(account), "auditor");
      assertThat(browser.get(Browser.location(back)).statusCode()).isEqualTo(303);
      browser.cookies(account).remove("JSESSIONID");
    }

    var page = browser.get(account);

    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains("cookies");
  }

  @Test
  @Tag("case-72")
  void endsTheSessionForAPostFromItsOwnPageOnly() {
    var browser = new Browser();
    browser.logIn(account, "auditor");
    var logout = servers.page(CONTEXT, "/gatehouse/logout");

    assertThat(browser.get(logout).statusCode()).isEqualTo(405);
    browser.with("Sec-Fetch-Site", "cross-site");
    assertThat(browser.send("POST", logout, "").statusCode()).isEqualTo(403);
    assertThat(browser.get(account).statusCode()).as("still logged in").isEqualTo(200);

    browser.with("Sec-Fetch-Site", "same-origin");
    var after = browser.send("POST", logout, "");

    assertThat(after.statusCode()).isEqualTo(303);
    assertThat(Browser.location(after)).isEqualTo(servers.page(CONTEXT, "/"));
    assertThat(browser.get(account).statusCode()).as("logged out").isEqualTo(302);
  }
}
