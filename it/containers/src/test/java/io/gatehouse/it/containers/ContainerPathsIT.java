package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The container's meaning of a path decides; if that meaning is in doubt, the request is refused.
 */
@OnEveryContainer
class ContainerPathsIT {
  private static final String OK = "HTTP/1.1 200";

  // With its address configured, as in production.
  private static String get(String path, String... headers) {
    var all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Accept: text/html";
    return RawRequest.send("GET", Application.PATHS.path() + path, all);
  }

  // Refused, or redirected to log in, or to a path that the container has made canonical; never let
  // in.
  private static void assertKeptOut(String path) {
    var before = Application.PATHS.visits();
    var answer = get(path);

    assertThat(answer)
        .as(path)
        .doesNotContain("subject did", "dispatch REQUEST", "a protected", "JSESSIONID");
    assertThat(Application.PATHS.visits()).as("the application ran for " + path).isEqualTo(before);
    if (answer.startsWith("HTTP/1.1 302")) {
      assertThat(location(answer))
          .as(path)
          .matches(
              it ->
                  it.startsWith(Servers.standIn().issuer() + "/")
                      || it.startsWith(Application.PATHS.publicUrl()));
    } else if (answer.startsWith(OK)) {
      assertThat(Container.answersWithNothing(answer)).as(path + "\n" + answer).isTrue();
    } else if (!Container.isEndedBeforeFilters(answer)) {
      assertThat(answer.substring(0, 12))
          .as(path + "\n" + answer)
          .containsAnyOf(" 301", " 400", " 404");
    }
  }

  private static String location(String answer) {
    return answer
        .lines()
        .filter(it -> it.toLowerCase(Locale.ROOT).startsWith("location: "))
        .findFirst()
        .orElseThrow()
        .substring("location: ".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/foo/bar",
        "/foo/bar;jsessionid=1234",
        "/foo/bar/",
        "/foo/bar/;jsessionid=1234",
        "/foo/.bar",
        "/foo/..bar",
        "/foo/.../bar",
        "/foo/%E2%82%ACbar",
        "/foo/%20bar",
        "/foo/bar?q",
        "/foo;/bar;",
        "/foo;/bar;/;",
        "/foo%00/bar/",
        "/foo/%7Fbar",
        "/foo%2Fbar",
        "/foo%2Fb%25r",
        "/foo/b%25r",
        "/foo\\bar",
        "/foo%5Cbar",
        "/foo;%2F/bar",
        "/foo/./bar",
        "/foo/././bar",
        "/./foo/bar",
        "/foo/%2e/bar",
        "/foo/.;/bar",
        "/foo/%2e;/bar",
        "/foo/.%2Fbar",
        "/foo/.%5Cbar",
        "/foo/bar/.",
        "/foo/bar/./",
        "/foo/bar/.;",
        "/foo/bar/./;",
        "/foo/../bar",
        "/foo/../../bar",
        "/../foo/bar",
        "/foo/%2e%2E/bar",
        "/foo/%2e%2e/%2E%2E/bar",
        "/foo/./../bar",
        "/foo/..;/bar",
        "/foo/%2e%2E;/bar",
        "/foo/..%2Fbar",
        "/foo/..%5Cbar",
        "/foo/bar/..",
        "/foo/bar/../",
        "/foo/bar/..;",
        "/foo/bar/../;",
        "/foo//bar",
        "//foo//bar//",
        "/;/foo;/;/bar/;/;",
        "/foo//../bar",
        "/foo/;/../bar",
        "/foo/%E2%82",
        "/foo/%E2%82bar",
        "/foo/%-1/bar",
        "/foo/%XX/bar",
        "/foo/%/bar",
        "/foo/bar%0",
        "/foo/bar#f",
        "/foo/bar/#f",
        "/foo/bar;#f"
      })
  @Tag("case-1")
  void keepsOutOfAPrefixHoweverServletSection3_5_2WritesIt(String example) {
    var path = example.replace("foo", "svc").replace("bar", "secret");
    assertKeptOut(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/..;/who",
        "/open/../who",
        "/open/%2e%2e/who",
        "/open/%2e%2e%2fwho",
        "/open/..%2fwho",
        "/open/..%5cwho",
        "/open/..\\who",
        "/open;/../who",
        "/open/%252e%252e/who",
        "/open/%c0%ae%c0%ae/who",
        "/who;x=1",
        "/who;jsessionid=Z",
        "/;/who",
        "/%77ho",
        "//who",
        "/./who",
        "/who%00",
        "/who%0a",
        "/who%3bjsessionid=1",
        "/who/",
        "/who.",
        "/who%20",
        "/WHO",
        "/OPEN/who",
        "/open.do/../who",
        "/open.do;/../secret.do",
        "/open.do%00/../who",
        "/secret.do;x=/open.do",
        "/svc/open/more",
        "/svc/open/",
        "/svc/open;/../secret",
        "/svc/open%2f..%2fsecret",
        "/x/open.do",
        "/static/../file.txt",
        "/static/..;/file.txt",
        "/static/%2e%2e/file.txt",
        "/file.txt",
        "/file.txt;.css",
        "/pages/",
        "/pages",
        "/pages/index.html",
        "/static/../pages/",
        "/index.html",
        "/error-page",
        "/WEB-INF/web.xml",
        "/static/../WEB-INF/web.xml",
        "/static/%2e%2e/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/gatehouse/",
        "/gatehouse/other",
        "/gatehouse/login/../../who",
        "/gatehouse/jwks/..;/../who",
        "/gatehouse/jwks;/../../who",
        "/gatehouse/request/../../who",
        "/gatehouse/request/..;/..;/who",
        "/svc//open",
        "/svc/open.",
        "/svc/open%20",
        "/svc/OPEN",
        "/open.DO",
        "/visits/",
        "/static%2ffile.txt/../../file.txt"
      })
  @Tag("case-2")
  @Tag("case-3")
  @Tag("case-4")
  @Tag("case-5")
  void keepsOutOfWhateverIsNotExactlyPublic(String path) {
    assertKeptOut(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/who?x=/open/who", "/who?/../open/who", "/who#/open/who", "/who%23/../open/who"})
  @Tag("case-6")
  void findsNothingPublicInQueryOrFragment(String path) {
    assertKeptOut(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Uri: /paths/open/who",
        "X-Original-URL: /paths/open/who",
        "X-Rewrite-URL: /paths/open/who",
        "X-Forwarded-Prefix: /paths/open",
        "X-HTTP-Method-Override: OPTIONS",
        "User-Agent: ELB-HealthChecker/2.0",
        "User-Agent: kube-probe/1.30",
        "User-Agent: Googlebot/2.1",
        "X-Forwarded-For: 127.0.0.1",
        "Forwarded: for=127.0.0.1;host=localhost",
        "X-Real-IP: 127.0.0.1",
        "X-Health-Check: 1",
        "X-Remote-User: root",
        "X-Forwarded-User: root",
        "X-Auth-Request-User: root",
        "OIDC_CLAIM_sub: root",
        "Remote-User: root",
        "Authorization: Basic cm9vdDpyb290"
      })
  @Tag("case-7")
  @Tag("case-8")
  @Tag("case-12")
  void noHeaderOpensAPath(String header) {
    var answer = get("/who", header);

    assertThat(answer).startsWith("HTTP/1.1 302");
    assertThat(location(answer)).startsWith(Servers.standIn().issuer() + "/");
  }

  /** The four spellings of the case, by name: neither 404 nor another page. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/..;/who",
        "/who;x=1",
        "/who;jsessionid=Z",
        "/;/who",
        "/who%3Bx=1",
        "/open%2Fwho",
        "/open%5Cwho",
        "/open\\who",
        "/%252ewho",
        "/who%00",
        "/who%0a",
        "/who%ff"
      })
  @Tag("case-2")
  @Tag("case-3")
  void refusesOrSendsToLogIn(String path) {
    var answer = get(path);

    assertThat(answer).matches(it -> isRefusedOrLogin(it) || Container.answersWithNothing(it));
  }

  private static boolean isRefusedOrLogin(String answer) {
    return answer.startsWith("HTTP/1.1 400")
        || (answer.startsWith("HTTP/1.1 302")
            && location(answer).startsWith(Servers.standIn().issuer() + "/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /paths/who HTTP/1.1\r\nHost: evil.example",
        "GET /paths/who HTTP/1.1\r\nHost: evil.example:443",
        "GET /paths/who HTTP/1.1\r\nHost: localhost\r\nHost: evil.example",
        "GET /paths/who HTTP/1.1\r\nHost: evil.example\r\nHost: localhost",
        "GET /paths/who HTTP/1.1\r\nHost: localhost@evil.example",
        "GET http://evil.example/paths/who HTTP/1.1\r\nHost: evil.example",
        "GET http://evil.example/paths/who HTTP/1.1\r\nHost: localhost",
        "GET http://localhost@evil.example/paths/who HTTP/1.1\r\nHost: localhost",
        "GET https://evil.example:1/paths/who HTTP/1.1\r\nHost: localhost",
        "GET /paths/who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example",
        "GET /paths/who HTTP/1.1\r\nHost: localhost\r\nForwarded: host=evil.example;proto=https",
        "GET /paths/who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Prefix: /evil.example",
        "GET /paths/gatehouse/login HTTP/1.1\r\nHost: evil.example"
      })
  @Tag("case-16")
  @Tag("case-92")
  void takesEveryAddressFromTheConfigurationWhateverTheHost(String message) {
    var answer = RawRequest.message(message + "\r\nAccept: text/html", "");

    if (answer.startsWith("HTTP/1.1 302")) {
      var location = location(answer);
      assertThat(location).startsWith(Servers.standIn().issuer() + "/").doesNotContain("evil");
      var requestUri =
          URLDecoder.decode(
              location.replaceFirst(".*[?&]request_uri=([^&]*).*", "$1"), StandardCharsets.UTF_8);
      assertThat(requestUri).startsWith(Application.PATHS.publicUrl() + "/gatehouse/request/");
      var object = new Browser().get(URI.create(requestUri)).body().split("\\.", -1)[1];
      assertThat(new String(Base64.getUrlDecoder().decode(object), StandardCharsets.UTF_8))
          .contains(
              "\"redirect_uri\":\"" + Application.PATHS.publicUrl() + "/gatehouse/callback\"");
    } else {
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Set-Cookie", "Location: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "//evil.example/%2e%2e",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example",
        "/%5C%5Cevil.example",
        "/%2f%2fevil.example",
        "/%252f%252fevil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/%09/evil.example",
        "/%0d%0a/evil.example",
        "/;//evil.example",
        ".evil.example",
        "@evil.example",
        ":80@evil.example",
        "%40evil.example",
        "/@evil.example",
        "/https://evil.example",
        "/https:evil.example",
        "/javascript:alert(1)",
        "/data:text/html,x",
        "/%20//evil.example",
        "/pages?//evil.example",
        "//evil.example/pages",
        "/static?return=//evil.example",
        "/who?next=https://evil.example/&u=%2F%2Fevil.example",
        "/gatehouse/login?return=//evil.example",
        "/gatehouse/login?return=https%3A%2F%2Fevil.example",
        "/gatehouse/login//evil.example",
        "/gatehouse/logged-out?state=x&post_logout_redirect_uri=//evil.example",
        "/gatehouse/callback?code=x&state=x&return=//evil.example",
        "/gatehouse/callback//evil.example"
      })
  @Tag("case-14")
  void sendsNobodyElsewhere(String path) {
    var answer = get(path, "Referer: https://evil.example/");

    for (var line : answer.lines().toList()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("location:")) {
        assertThat(originForABrowser(line.substring("location:".length()).strip()))
            .isIn(
                originForABrowser(Application.PATHS.publicUrl()),
                originForABrowser(Servers.standIn().issuer()));
      }
      assertThat(line).doesNotContain("href=\"//", "href=\"https://evil", "url=//evil");
    }
  }

  // As browsers read an address (URL Standard, section 4.4), seen from the application.
  private static String originForABrowser(String location) {
    var read = location.replaceAll("[\t\r\n]", "").strip().replace('\\', '/');
    var address =
        read.startsWith("/") && !read.startsWith("//") ? Application.PATHS.publicUrl() : read;
    return address.replaceFirst("^((?:https?:)?//[^/?#]*).*", "$1");
  }

  @Test
  @Tag("case-18")
  void writesNoHeaderAndNoMarkupThatTheAddressHolds() {
    var query = "?a=%0d%0aSet-Cookie:%20canary=1&b=%3Cscript%3Ecanary%3C/script%3E&c=%E5%98%8A";
    var browser = new Browser();
    var callback =
        Browser.location(
            browser.choose(browser.open(Application.PATHS.page("/who" + query)), "auditor"));

    var back = browser.get(callback);

    assertThat(back.headers().firstValue("Location"))
        .hasValue(Application.PATHS.page("/who") + query);
    assertThat(back.headers().map().toString()).doesNotContain("<", "canary=1;");
    assertThat(browser.cookies(callback)).doesNotContainKey("canary");
    var page = get("/gatehouse/callback" + query + "&state=canary");
    assertThat(page)
        .startsWith("HTTP/1.1 400")
        .contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "/open/who, servlet path /open/who, path info null",
    "/open/who;jsessionid=Z, servlet path /open/who, path info null",
    "/open/who?x=;//.., servlet path /open/who, path info null",
    "/svc/open, servlet path /svc, path info /open",
    "/open.do, servlet path /open.do, path info null",
    "/static/file.txt, a public file, a public file",
    "/, the public welcome file, the public welcome file"
  })
  @Tag("case-5")
  void showsWhatIsPublicToAnybody(String path, String first, String second) {
    assertThat(get(path)).startsWith(OK).contains(first, second).doesNotContain("JSESSIONID");
  }

  @Test
  @Tag("case-5")
  void theRootWithoutItsSlashIsTheRoot() {
    var answer = get("");

    if (!answer.startsWith(OK)) {
      assertThat(answer.substring(0, 12)).containsAnyOf(" 301", " 302");
      assertThat(location(answer)).endsWith(Application.PATHS.path() + "/");
    }
  }

  @Test
  @Tag("case-5")
  void whoHasLoggedInGetsWhatEachMappingServes() {
    var browser = new Browser();
    browser.logIn(Application.PATHS.page("/who"), "auditor");

    assertThat(browser.open(Application.PATHS.page("/svc/secret")).body())
        .contains("path info /secret");
    assertThat(browser.open(Application.PATHS.page("/other.do")).body())
        .contains("servlet path /other.do");
    assertThat(browser.open(Application.PATHS.page("/file.txt")).body())
        .contains("a protected file");
    assertThat(browser.open(Application.PATHS.page("/pages/")).body())
        .contains("a protected welcome file");
  }
}
