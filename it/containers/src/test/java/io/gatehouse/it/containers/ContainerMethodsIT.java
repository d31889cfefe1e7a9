package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, and programs other than a person's browser: none is exempt, and none is redirected. */
@OnEveryContainer
class ContainerMethodsIT {
  private static final String WHO = Application.BARE.path() + "/who";
  private static final String ECHO = Application.BARE.path() + "/echo";

  private final URI page = Application.BARE.page("/who");
  private long before;

  @BeforeEach
  void count() {
    before = Application.BARE.visits();
  }

  @AfterEach
  void noneWasLetThrough() {
    assertThat(Application.BARE.visits()).as("visits").isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,cors,application/json",
    "GET,cors,text/html",
    "GET,same-origin,*/*",
    "GET,no-cors,image/png",
    "GET,cors,text/event-stream",
    "GET,websocket,*/*",
    "POST,navigate,text/html",
    "PUT,cors,*/*",
    "DELETE,cors,*/*",
    "HEAD,navigate,text/html",
    "OPTIONS,cors,*/*",
    "PROPFIND,navigate,text/html",
    "ODD,navigate,text/html",
    "PATCH,cors,*/*",
    "LOCK,navigate,text/html"
  })
  @Tag("case-9")
  @Tag("case-11")
  @Tag("case-17")
  void tellsProgramsToLogInAndSendsThemNowhere(String method, String mode, String accept) {
    var browser = new Browser().with("Sec-Fetch-Mode", mode).with("Accept", accept);

    var answer = browser.send(method, page, method.equals("POST") ? "a=b" : "");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    if (!method.equals("HEAD")) {
      assertThat(answer.body())
          .contains("\"login\":\"" + Application.BARE.page("/gatehouse/login") + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/who", "/open/echo", "/static/file.txt", "/", "/gatehouse/login"})
  @Tag("case-9")
  void refusesTrace(String path) {
    var answer = RawRequest.send("TRACE", Application.BARE.path() + path, "X-Canary: sing");

    assertThat(answer).startsWith("HTTP/1.1 " + Container.statusOfTrace()).doesNotContain("sing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-Fetch-Mode: websocket", "Accept: text/html"})
  @Tag("case-11")
  void anUpgradeToAWebSocketIsRefusedLikeAnyRequest(String header) {
    var answer =
        RawRequest.status(
            "GET",
            WHO,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            header);

    assertThat(answer).startsWith("HTTP/1.1 401");
  }

  /** Headers of old browsers and libraries, without Fetch Metadata. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: application/json",
        "Accept: */*",
        "Accept: text/event-stream",
        "Accept: text/html\r\nX-Requested-With: XMLHttpRequest",
        "Accept: text/html\r\nSec-Fetch-Mode: cors",
        "Accept: text/html\r\nSec-Purpose: prefetch",
        "X-Canary: none"
      })
  @Tag("case-11")
  void tellsEveryKindOfScriptToLogIn(String headers) {
    var answer = RawRequest.send("GET", WHO, headers);

    assertThat(answer)
        .startsWith("HTTP/1.1 401")
        .doesNotContain("Set-Cookie")
        .doesNotContainIgnoringCase("location: ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/gatehouse/logout,POST,405",
    "POST,/gatehouse/login,GET,405",
    "POST,/gatehouse/callback?code=x&state=x,GET,405",
    "DELETE,/gatehouse/request/x,GET,405",
    "POST,/who,GET,401",
    "POST,/who,OPTIONS,401"
  })
  @Tag("case-7")
  @Tag("case-9")
  void takesTheMethodFromTheRequestLineAlone(String method, String path, String other, int status) {
    var answer =
        RawRequest.send(
            method,
            Application.BARE.path() + path,
            "Accept: text/html",
            "Sec-Fetch-Site: same-origin",
            "X-HTTP-Method-Override: " + other,
            "X-HTTP-Method: " + other,
            "X-Method-Override: " + other,
            "Content-Length: 0");

    assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContain("Set-Cookie", "Location: ");
  }

  @Test
  @Tag("case-12")
  void theUserIsTheOneWhoLoggedInAndNobodyElseWhateverTheClientSays() {
    before += 2;
    var browser =
        new Browser()
            .with("Remote-User", "root")
            .with("X-Remote-User", "root")
            .with("X-Forwarded-User", "root")
            .with("X-Auth-Request-User", "root")
            .with("OIDC_CLAIM_sub", "root")
            .with("Authorization", "Basic cm9vdDpyb290");

    assertThat(browser.get(Application.BARE.page("/open/who")).body()).contains("subject null");
    assertThat(browser.logIn(page, "auditor").body())
        .contains("subject did:key:")
        .doesNotContain("root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
  @Tag("case-13")
  void answersWithoutTheBodyThatItWasPromised(String type) {
    var answer =
        RawRequest.status(
            "POST", ECHO, "Content-Type: " + type, "Content-Length: 1000000", "Accept: */*");

    assertThat(answer).startsWith("HTTP/1.1 401");
  }

  /**
   * The container may refuse invalid HTTP; Gatehouse neither reads the body nor waits for its end.
   */
  @ParameterizedTest
  @CsvSource({
    "Content-Length: 99999999999999, state=canary",
    "Content-Length: 100000, state=canary",
    "'Transfer-Encoding: chunked', 'FFFFFFF\r\nstate=canary'",
    "'Transfer-Encoding: chunked', 'canary\r\n'",
    "'Content-Type: multipart/form-data\r\nContent-Length: 6', canary",
    "'Content-Type: multipart/form-data; boundary=\"\r\nContent-Length: 6', canary",
    "'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9', '%zz=%&%00='",
    "'Content-Encoding: gzip\r\nContent-Length: 6', canary"
  })
  @Tag("case-13")
  @Tag("case-17")
  void answersAHostilePostWithoutReadingIt(String headers, String body) {
    for (var path : List.of("/echo", "/gatehouse/login", "/gatehouse/callback")) {
      var answer =
          RawRequest.firstAnswer(
              "POST /%s%s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/html\r\n%s"
                  .formatted(Application.BARE.context(), path, Application.PORT, headers),
              body);

      assertThat(answer)
          .as(path)
          .containsPattern("^HTTP/1.1 (401|405|400|413|501)")
          .doesNotContain("Set-Cookie", "Location: ");
    }
  }

  @Test
  @Tag("case-17")
  void aPostIsNeverDoneAfterwards() {
    var browser = new Browser();
    var refused = browser.send("POST", Application.BARE.page("/echo"), "order=canary");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(browser.cookies(page)).isEmpty();

    var landed = browser.logIn(Application.BARE.page("/gatehouse/login"), "auditor");

    assertThat(landed.uri()).isEqualTo(Application.BARE.page("/"));
    assertThat(landed.body()).contains("the public welcome file").doesNotContain("canary");
    before++; // of the welcome file
  }

  /** Bodies that the filter does not need reach the application whole. */
  @ParameterizedTest
  @ValueSource(strings = {"/open/echo", "/echo"})
  @Tag("case-13")
  void leavesTheWholeBodyToTheApplication(String path) {
    var form = "a=" + "b".repeat(100_000);
    var browser = new Browser();
    browser.logIn(page, "auditor");
    before += 2;

    var echo = browser.send("POST", Application.BARE.page(path), form);

    assertThat(echo.body()).isEqualTo(form);
  }
}
