package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, and programs that are no person's browser: none is exempt, and none is sent away. */
@OnEveryContainer
class ContainerMethodsIT {
  private static final String WHO = "/" + Application.CONTEXT + "/who";
  private static final String ECHO = "/" + Application.CONTEXT + "/echo";

  private final URI page = Application.page("/who");
  private long before;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.archive();
  }

  @BeforeEach
  void count() {
    before = Application.visits();
  }

  @AfterEach
  void noneWasLetThrough() {
    assertThat(Application.visits()).as("visits").isEqualTo(before);
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
    "ODD,navigate,text/html"
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
          .contains("\"login\":\"" + Application.page("/gatehouse/login") + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/who", "/open/echo", "/static/file.txt", "/", "/gatehouse/login"})
  @Tag("case-9")
  void refusesTrace(String path) {
    var answer = Application.raw("TRACE", "/" + Application.CONTEXT + path, "X-Canary: sing");

    assertThat(answer).startsWith("HTTP/1.1 " + Container.statusOfTrace()).doesNotContain("sing");
  }

  @Test
  @Tag("case-11")
  void anUpgradeToAWebSocketIsRefusedLikeAnyRequest() {
    var answer =
        Application.rawStatus(
            "GET",
            WHO,
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-Fetch-Mode: websocket");

    assertThat(answer).startsWith("HTTP/1.1 401");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
  @Tag("case-13")
  void answersWithoutTheBodyThatItWasPromised(String type) {
    var answer =
        Application.rawStatus(
            "POST", ECHO, "Content-Type: " + type, "Content-Length: 1000000", "Accept: */*");

    assertThat(answer).startsWith("HTTP/1.1 401");
  }

  /** What the filter leaves alone, the application can read whole. */
  @Test
  @Tag("case-13")
  void leavesTheWholeBodyToTheApplication() {
    var form = "a=" + "b".repeat(100_000);
    before++;

    var echo = new Browser().send("POST", Application.page("/open/echo"), form);

    assertThat(echo.body()).isEqualTo(form);
  }
}
