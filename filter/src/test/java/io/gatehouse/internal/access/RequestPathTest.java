package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of a path, and the paths whose meaning is unreliable. */
class RequestPathTest {
  private static RequestPath path(String uri) {
    return RequestPath.of(FakeRequest.get(uri).http());
  }

  // Servlet 6.1 section 3.5.2, the example URIs that a container may accept as they are
  @Tag("case-1")
  @ParameterizedTest
  @CsvSource({
    "/foo/bar, /foo/bar",
    "/foo/bar/, /foo/bar/",
    "/foo/.bar, /foo/.bar",
    "/foo/..bar, /foo/..bar",
    "/foo/.../bar, /foo/.../bar",
    "/foo%E2%82%ACbar, /foo\u20ACbar",
    "/foo%20bar, /foo bar",
    "/foo/bar?q, /foo/bar",
    "/foo/bar/?q, /foo/bar/",
    "/, /",
    "/?q, /",
    "/foo/bar;jsessionid=1234, /foo/bar",
    "/foo/bar/;jsessionid=1234, /foo/bar/"
  })
  void servletSection3_5_2DecidesPlainPathsAsTheContainerDecodedThem(String uri, String decoded) {
    assertThat(path(uri).isAmbiguous()).isFalse();
    assertThat(path(uri).decoded()).isEqualTo(decoded);
  }

  // The others of section 3.5.2: refused by the container, or read as another path than is written
  @Tag("case-1")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo/bar",
        "/foo;/bar;",
        "/foo;/bar;/;",
        "/foo%00/bar/",
        "/foo%7Fbar",
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
        "/foo%E2%82",
        "/foo%E2%82bar",
        "/foo%-1/bar",
        "/foo%XX/bar",
        "/foo%/bar",
        "/foo/bar%0",
        "/foo/bar#f",
        "/foo/bar/#f",
        "/foo/bar;#f",
        "//",
        "/;/",
        "/.",
        "/..",
        "/./",
        "/../",
        "./foo/bar/",
        "%2e/foo/bar/",
        "../foo/bar/",
        ".%2e/foo/bar/",
        ";/foo/bar/",
        "/#f",
        "#f"
      })
  void servletSection3_5_2RefusesPathsThatReadInTwoWays(String uri) {
    assertThat(path(uri).isAmbiguous()).isTrue();
  }

  @Tag("case-2")
  @Tag("case-3")
  @Tag("case-4")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public/..;/admin",
        "/admin;x=1",
        "/;/admin",
        "/admin;jsessionid=",
        "/admin;jsessionid=Z;x=1",
        "/admin;jsessionid=Z/more",
        "/;jsessionid=Z/admin",
        "/admin;JSESSIONID=Z",
        "/admin%3Bx=1",
        "/admin%3bx=1",
        "/public%2Fadmin",
        "/public%2fadmin",
        "/public%5cadmin",
        "/public\\..\\admin",
        "/%252e%252e/admin",
        "/public/%252e%252e/admin",
        "/%2e%2e/admin",
        "/public/.%2e/admin",
        "/admin%00",
        "/admin%20",
        "/admin%20%20",
        "/admin%20;jsessionid=Z",
        "/admin%0a",
        "/admin%0D%0Ax",
        "/admin%09",
        "/admin%1f",
        "/admin%7f",
        "/admin%",
        "/admin%2",
        "/admin%u0061",
        "/admin%ff",
        "/admin%c0%af",
        "/public/%c0%ae%c0%ae/admin",
        "//admin",
        "/a//b",
        "/admin//",
        "/public/../admin",
        "/public/./admin",
        "/admin/..",
        "/admin ",
        "/admin\t",
        "/admin\n",
        "/adm\u00EDn",
        "/\u2025/admin",
        "/admin\"",
        "/<admin>",
        "/{admin}",
        "/admin|x",
        "/admin^",
        "/admin`",
        "http://app.example/admin",
        "//app.example/admin",
        "*"
      })
  void whatAnotherReaderCouldTakeForAnotherPathIsAmbiguous(String uri) {
    assertThat(path(uri).isAmbiguous()).isTrue();
  }

  @Tag("case-4")
  @ParameterizedTest
  @CsvSource({
    "/admin., /admin.",
    "/admin%20x, /admin x",
    "/ADMIN, /ADMIN",
    "/admin/, /admin/",
    "/admin.do, /admin.do",
    "/.well-known/x, /.well-known/x",
    "/a~b_c-d, /a~b_c-d",
    "/a+b, /a+b",
    "/a:b@c!$&'(),/a:b@c!$&'()",
    "/a%23b, /a#b",
    "/a%3Fb, /a?b"
  })
  void oddButPlainPathsAreDecidedToTheLetter(String uri, String decoded) {
    assertThat(path(uri).isAmbiguous()).isFalse();
    assertThat(path(uri).decoded()).isEqualTo(decoded);
  }

  @Tag("case-5")
  @Test
  void decidesOnServletPathAndPathInfoTogether() {
    var request = FakeRequest.get("/svc/users/7").decodedAs("/svc", "/users/7").http();
    assertThat(RequestPath.of(request).decoded()).isEqualTo("/svc/users/7");
  }

  @Tag("case-5")
  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void theRootIsTheRootWhereTheContainerPutAWelcomeFileInItsPlace(String rest) {
    var request =
        FakeRequest.get("/shop" + rest).context("/shop").decodedAs("/index.jsp", null).http();
    assertThat(RequestPath.of(request).decoded()).isEqualTo("/");
  }

  @Tag("case-1")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%73hop/admin",
        "/SHOP/admin",
        "//shop/admin",
        "/./shop/admin",
        "/shop;x=1/admin",
        "/x/../shop/admin",
        "http://app.example/shop/admin"
      })
  void contextPathInAnotherSpellingIsAmbiguous(String uri) {
    var request = FakeRequest.get(uri).context("/shop").decodedAs("/admin", null).http();
    assertThat(RequestPath.of(request).isAmbiguous()).isTrue();
  }

  @Test
  void contextPathIsTakenOffOnce() {
    var request = FakeRequest.get("/shop/shop/x").context("/shop").http();
    var path = RequestPath.of(request);
    assertThat(path.isAmbiguous()).isFalse();
    assertThat(path.decoded()).isEqualTo("/shop/x");
    assertThat(path.returnPath(request)).contains("/shop/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a",
        "/",
        "/a/b/",
        "/a?",
        "/a?x=1&y=%2F%0d%0a&z=a+b",
        "/a%20b?q=%C3%A9",
        "/a?next=https://evil.example/",
        "/a?x=;&'(),[]{}"
      })
  void returnsToPathAndQueryByteForByte(String uri) {
    var request = FakeRequest.get(uri).http();
    assertThat(RequestPath.of(request).returnPath(request)).contains(uri);
  }

  @Test
  void returnsToTheRootOfAnApplicationThatWasAskedForWithoutSlash() {
    var request = FakeRequest.get("/shop?x=1").context("/shop").decodedAs("", null).http();
    assertThat(RequestPath.of(request).returnPath(request)).contains("/?x=1");
  }

  @Test
  void aSessionIdOfTheUrlIsNotReturnedTo() {
    var request = FakeRequest.get("/a;jsessionid=Z?x=1").http();
    assertThat(RequestPath.of(request).returnPath(request)).contains("/a?x=1");
  }

  @Tag("case-15")
  @Test
  void dropsAReturnOfMoreThanTwoKibibytesAndKeepsTheLongestThatIsNot() {
    var longest = FakeRequest.get("/a?" + "x".repeat(2045)).http();
    var tooLong = FakeRequest.get("/a?" + "x".repeat(2046)).http();
    assertThat(RequestPath.of(longest).returnPath(longest).orElseThrow()).hasSize(2048);
    assertThat(RequestPath.of(tooLong).returnPath(tooLong)).isEmpty();
  }

  @Tag("case-14")
  @Tag("case-18")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/",
        "/\\evil.example/",
        "/%5cevil.example/",
        "/%2Fevil.example/",
        "/./evil.example",
        "/..//evil.example",
        "/\tevil.example",
        "/\r\nSet-Cookie:x=1",
        "/a?x\r\nSet-Cookie:x=1",
        "/a?x=\u0000",
        "/a?x=\t",
        "/a?x= b",
        "/a?x=\\",
        "/a?x=\u00E9",
        "/a?x=<script>",
        "/a?x=>",
        "/a?x=\"",
        "https://evil.example/a",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "@evil.example/",
        ".evil.example/"
      })
  void dropsAReturnThatCouldLeadElsewhere(String uri) {
    var request = FakeRequest.get(uri).http();
    assertThat(RequestPath.of(request).returnPath(request)).isEmpty();
  }

  @Tag("case-14")
  @ParameterizedTest
  @ValueSource(strings = {".evil.example/", "@evil.example/", "x/y"})
  void dropsAReturnThatWouldContinueTheHostName(String rest) {
    var request = FakeRequest.get("/shop" + rest).context("/shop").http();
    assertThat(RequestPath.of(request).returnPath(request)).isEmpty();
  }

  @Tag("case-7")
  @Test
  void rewritingHeadersOfProxiesDoNotChangeThePath() {
    var request = FakeRequest.get("/admin");
    for (var name : List.of("X-Forwarded-Uri", "X-Original-URL", "X-Rewrite-URL")) {
      request.header(name, "/public");
    }
    assertThat(RequestPath.of(request.http()).decoded()).isEqualTo("/admin");
  }
}
