package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that restrict hold for every reading of a path, rules that open for exactly the path. */
class AccessRulesTest {
  private static Requirement get(AccessRules rules, String target) {
    return rules.of(FakeRequest.get(target).http());
  }

  private static boolean isPublic(AccessRules rules, String target) {
    return get(rules, target).isPublic();
  }

  @Tag("case-4")
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/about", "/docs/", "/static/", "/static", "/static/a/b.css", "/a/b"})
  void opensWhatIsListed(String path) {
    var rules = Rules.open("/", "/about", "/docs/", "/static/*", "/a/b/*").rules();
    assertThat(isPublic(rules, path)).isTrue();
    assertThat(rules.of("GET", path).isPublic()).isTrue();
  }

  @Tag("case-4")
  @Tag("case-6")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin", "/about/", "/about.", "/about%20", "/About", "/about/x", "/aboutx", "/docs",
        "/docs/x", "/STATIC/x", "/staticx", "/static2/x", "/stati", "/a", "/a/bc", "/x/static/",
        "/admin%23/static/x", "/admin%3F/static/x", "/admin%0A/about", "/about%0A", "/about;x=1"
      })
  void opensNothingElse(String path) {
    var rules = Rules.open("/", "/about", "/docs/", "/static/*", "/a/b/*").rules();
    assertThat(isPublic(rules, path)).isFalse();
  }

  @Tag("case-110")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/offerings/new",
        "/offerings/new/",
        "/offerings//new",
        "//offerings/new",
        "/offerings/new;x=1",
        "/offerings;x=1/new",
        "/offerings/new.json",
        "/offerings/new.a.b",
        "/offerings/%6eew",
        "/offerings/%6Eew/",
        "/offerings/./new",
        "/offerings/x/../new",
        "/offerings/new%20",
        "/offerings/new%01",
        "/offerings%1B/new",
        "/offerings/new%3Bx",
        "/offerings%2Fnew",
        "/offerings%5Cnew",
        "/offerings/new%2Fx/..",
        "/offerings/%256eew",
        "/offerings/new%00",
        "/offerings/new%23x",
        "/offerings/new%3Fx"
      })
  void aRestrictedPathIsRestrictedInEverySpelling(String spelling) {
    var exact = Rules.open("/offerings/*").role("/offerings/new", "seller").rules();
    assertThat(get(exact, spelling).isPublic()).isFalse();
    assertThat(get(exact, spelling).roles()).contains(Set.of("seller"));
    var byDefault = Rules.open().loggedIn("/offerings/new").rules();
    assertThat(isPublic(byDefault, spelling)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/offerings/newest", "/offerings", "/news", "/offerings/new-x", "/x/new"})
  void aPathThatNoReadingBringsNearARuleIsNotRestricted(String path) {
    var rules = Rules.open().loggedIn("/offerings/new").rules();
    assertThat(isPublic(rules, path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/protected/100%25", "/protected/a;b=c", "//protected/page"})
  void anAmbiguousPathThatIsNearNoRuleNeedsNoRole(String path) {
    var rules = Rules.open().role("/role/admin", "admin").rules();
    assertThat(get(rules, path).roles()).isEmpty();
    assertThat(get(rules, path).isPublic()).isFalse();
  }

  @Tag("case-110")
  @ParameterizedTest
  @CsvSource({
    "/*, /assets/*, /assets/x, true",
    "/*, /x, /x, true",
    "/assets/*, /assets/*, /assets/x, false",
    "/assets/x, /assets/*, /assets/x, false",
    "/assets/x, /assets/*, /assets/x.css, false",
    "/assets/x, /assets/x.css, /assets/x.css, true",
    "/assets/x/*, /assets/*, /assets/x/y, false",
    "/assets/*, /assets/x/*, /assets/x/y, true",
    "*.css, /assets/*, /assets/x.css, true",
    "*.css, /x.css, /x.css, true",
  })
  void theMoreExactPatternDecides(String restricted, String open, String path, boolean isPublic) {
    assertThat(isPublic(Rules.open(open).role(restricted, "a").rules(), path)).isEqualTo(isPublic);
    assertThat(isPublic(Rules.open(open).acr(restricted, "a").rules(), path)).isEqualTo(isPublic);
    assertThat(isPublic(Rules.open(open).loggedIn(restricted).rules(), path)).isEqualTo(isPublic);
    var maxAge = Rules.open(open).maxAge(restricted, Duration.ofMinutes(1)).rules();
    assertThat(isPublic(maxAge, path)).isEqualTo(isPublic);
  }

  @Test
  void aRelaxedPathKeepsTheStricterRuleInOtherSpellings() {
    var rules = Rules.open().role("/docs/*", "staff").role("/docs/faq", "guest").rules();
    assertThat(get(rules, "/docs/faq").roles()).containsExactly(Set.of("guest"));
    assertThat(get(rules, "/docs/faq/").roles()).containsExactly(Set.of("staff"), Set.of("guest"));
  }

  @Test
  void allKindsOfRulesHoldTogetherAndTheShortestAge() {
    var rules =
        Rules.open()
            .role("/pay/*", "payer")
            .acr("/pay/*", "gold")
            .maxAge("/pay/*", Duration.ofMinutes(9))
            .maxAge("/pay/now", Duration.ofMinutes(1))
            .rules();
    assertThat(get(rules, "/pay/now/").maxAge()).hasValue(Duration.ofMinutes(1));
    assertThat(get(rules, "/pay/x").maxAge()).hasValue(Duration.ofMinutes(9));
    assertThat(get(rules, "/pay/x").roles()).containsExactly(Set.of("payer"));
    assertThat(get(rules, "/pay/x").acrs()).containsExactly(List.of("gold"));
    assertThat(get(rules, "/pay/x").because())
        .containsExactly("required-roles /pay/*", "required-acr /pay/*", "required-max-age /pay/*");
  }

  @ParameterizedTest
  @CsvSource({
    "POST:/hook, POST, true",
    "POST:/hook, GET, false",
    "POST:/hook, post, false",
    "GET:/hook, HEAD, true",
    "GET|POST:/hook, POST, true",
    "!GET:/hook, PUT, true",
    "!GET:/hook, HEAD, false",
  })
  void aMethodOpensForItselfAlone(String pattern, String method, boolean isPublic) {
    var rules = Rules.open(pattern).rules();
    assertThat(rules.of(FakeRequest.of(method, "/hook").http()).isPublic()).isEqualTo(isPublic);
  }

  @Tag("case-9")
  @Test
  void aMethodThatAnEarlierFilterShowsCountsAsMuchAsTheContainers() {
    var rules = Rules.open("POST:/x").role("DELETE:/x", "boss").rules();
    var request = withMethod("DELETE", FakeRequest.of("POST", "/x").http());
    assertThat(rules.of(FakeRequest.of("POST", "/x").http()).isPublic()).isTrue();
    assertThat(rules.of(request).isPublic()).isFalse();
    assertThat(rules.of(request).roles()).containsExactly(Set.of("boss"));
  }

  // The same text of an address may be mapped in two ways, by a dispatch or by a redeployed
  // servlet.
  @Test
  void whatWasAnsweredForOneMappingIsNotAnsweredForAnother() {
    var rules = Rules.open().loggedIn("/a/secret").rules();
    for (int i = 0; i < 2; i++) {
      assertThat(rules.of(FakeRequest.get("/x").decodedAs("/a", "/b").http()).isPublic()).isTrue();
      assertThat(rules.of(FakeRequest.get("/x").decodedAs("/a", "/secret").http()).isPublic())
          .isFalse();
    }
  }

  @Test
  void theWelcomeFileOfTheContainerCountsBeneathWhatAnEarlierFilterShows() {
    var rules = Rules.open().loggedIn("/dir/start.do").rules();
    var request =
        new HttpServletRequestWrapper(
            FakeRequest.get("/dir/").decodedAs("/dir/start.do", null).http()) {
          @Override
          public String getServletPath() {
            return "/other";
          }
        };
    assertThat(rules.of(request).isPublic()).isFalse();
  }

  @Test
  void whatWasAnsweredForOneMethodOrPathIsNotAnsweredForAnother() {
    var rules = Rules.open("POST:/x", "/y").rules();
    for (int i = 0; i < 3; i++) {
      assertThat(rules.of(FakeRequest.of("POST", "/x").http()).isPublic()).isTrue();
      assertThat(rules.of(FakeRequest.of("GET", "/x").http()).isPublic()).isFalse();
      assertThat(isPublic(rules, "/y")).isTrue();
      assertThat(isPublic(rules, "/y/")).isFalse();
      assertThat(rules.of(FakeRequest.get("/y").decodedAs("/z", null).http()).isPublic()).isFalse();
    }
  }

  @Tag("case-4")
  @Test
  void anExtensionOpensFilesOfTheApplicationOnly() {
    var rules = Rules.open("*.css").rules();
    var files = withFile("/a.css");
    assertThat(rules.of(FakeRequest.get("/a.css").inside(files).http()).isPublic()).isTrue();
    assertThat(rules.of(FakeRequest.get("/users/1.css").inside(files).http()).isPublic()).isFalse();
    assertThat(rules.of(FakeRequest.get("/a.css/").inside(files).http()).isPublic()).isFalse();
  }

  @Test
  void aFileOfTheApplicationHasNoPathWithoutItsSuffix() {
    var rules = Rules.open().loggedIn("/report");
    var file = FakeRequest.get("/report.pdf").servedBy("default").inside(withFile("/report.pdf"));
    var other = FakeRequest.get("/report.pdf").servedBy("default").inside(withFile("/x.pdf"));
    assertThat(rules.rules().of(file.http()).isPublic()).isTrue();
    assertThat(rules.rules().of(other.http()).isPublic()).isFalse();
  }

  private static ServletContext withFile(String path) {
    var servlet =
        Proxy.newProxyInstance(
            AccessRulesTest.class.getClassLoader(),
            new Class<?>[] {ServletRegistration.class},
            (proxy, method, arguments) -> "org.apache.catalina.servlets.DefaultServlet");
    return (ServletContext)
        Proxy.newProxyInstance(
            AccessRulesTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getServletRegistration" -> servlet;
                  case "getResource" ->
                      path.equals(arguments[0]) ? URI.create("file:" + path).toURL() : null;
                  default -> null;
                });
  }

  @Tag("case-9")
  @ParameterizedTest
  @ValueSource(strings = {"delete", "Delete", "DELETE"})
  void aMethodInAnyCaseIsRestrictedAndNoneInLowerCaseIsOpened(String method) {
    var request = FakeRequest.of(method, "/orders/7").http();
    var restricted = Rules.open().role("DELETE:/orders/*", "boss").rules();
    assertThat(restricted.of(request).roles()).containsExactly(Set.of("boss"));
    assertThat(Rules.open("!DELETE:/orders/*").rules().of(request).isPublic()).isFalse();
  }

  @Tag("case-3")
  @ParameterizedTest
  @CsvSource({
    "/offerings/ne%1B%28%42w, ISO-2022-JP, /offerings/new",
    "/%E2%85%A3, IBM037, /Set",
    "/caf%E9, ISO-8859-1, /caf\u00E9",
  })
  void aPathIsAlsoReadByTheCharsetOfTheClient(String target, String charset, String page) {
    var rules = Rules.open().loggedIn(page).rules();
    var request = FakeRequest.get(target).header("Content-Type", "text/plain;charset=" + charset);
    assertThat(isPublic(rules, "/x")).isTrue();
    get(rules, target); // what holds for another charset, and is kept, does not decide
    assertThat(rules.of(request.http()).isPublic()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//admin/x/../../public", "//admin/..", "/;x/admin/../public"})
  void aRouterMayIgnoreEmptySegmentsAndKeepDots(String target) {
    assertThat(isPublic(Rules.open().loggedIn("/admin/*").rules(), target)).isFalse();
  }

  @Test
  void oneReadingDoesNotOverruleTheRulesOfAnother() {
    var rules = Rules.open().loggedIn("/account").role("/offerings/new", "seller").rules();
    var request = FakeRequest.get("/offerings/new.json;%2F..%2F..%2Faccount");
    request.decodedAs("/offerings/new.json", null);
    assertThat(rules.of(request.http()).roles()).contains(Set.of("seller"));
  }

  // WildFly maps an encoded slash as it was written.
  @Test
  void aPathThatTheContainerHasNotDecodedIsReadAllTheSame() {
    var rules = Rules.open().loggedIn("/offerings/new").rules();
    for (var path :
        List.of(
            "/offerings/new%2f",
            "/offerings%2fnew%2f", "/offerings/%2Fnew", "/offerings/n%65w;%2F..%2Fx")) {
      assertThat(rules.of(FakeRequest.get(path).decodedAs(path, null).http()).isPublic()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/offerings/new, /offerings/n%65w",
    "/offerings/new, /offerings/n%2565w",
    "/offerings/new, /offerings/n%252565w",
    "/a+b, /%61+b",
    "/a+b, /a%2Bb",
  })
  void aPathThatIsEncodedSeveralTimesIsDecoded(String restricted, String path) {
    var rules = Rules.open().loggedIn(restricted).rules();
    assertThat(rules.of(FakeRequest.get(path).decodedAs(path, null).http()).isPublic()).isFalse();
  }

  @Test
  void aProtectedPathDoesNotReplaceTheRolesOfTheSamePattern() {
    var rules = Rules.open().loggedIn("/admin/*").role("/admin/*", "boss").rules();
    assertThat(get(rules, "/admin/x").roles()).containsExactly(Set.of("boss"));
  }

  // Payara takes a plus sign for a space, and removes one of three dots.
  @ParameterizedTest
  @CsvSource({"/+new, '/ new'", "/...new, /..new"})
  void aPathThatTheContainerHasChangedIsReadAsItWasWritten(String written, String mapped) {
    var rules = Rules.open().loggedIn(written).rules();
    var request = FakeRequest.get(written).decodedAs(mapped, null);
    assertThat(rules.of(request.http()).isPublic()).isFalse();
    assertThat(rules.of(FakeRequest.get("/new").http()).isPublic()).isTrue();
  }

  @Tag("case-3")
  @Test
  void aPathIsAlsoReadByLatin1IfTheClientNamesNoCharset() {
    var rules = Rules.open().loggedIn("/caf\u00E9").rules();
    assertThat(isPublic(rules, "/caf%E9")).isFalse();
    assertThat(isPublic(rules, "/caf%E9;%2F..%2Fx")).isFalse();
    assertThat(isPublic(rules, "/caf%E8")).isTrue();
  }

  @Test
  void aWelcomeFileIsAlsoThePageOfItsDirectory() {
    var rules = Rules.open().loggedIn("/dir/").rules();
    assertThat(isPublic(rules, "/dir/index.html")).isFalse();
    assertThat(isPublic(rules, "/dir/other.html")).isTrue();
  }

  @Test
  void aWelcomeFileOfWebXmlIsAlsoThePageOfItsDirectory() {
    var rules = Rules.open().loggedIn("/dir/").welcome("start.do", "pages/start.xhtml").rules();
    for (var path : List.of("/dir/start.do", "/dir//pages/start.xhtml", "/dir/index.html")) {
      assertThat(isPublic(rules, path)).as(path).isFalse();
    }
    for (var path :
        List.of("/start.do", "/dirstart.do", "/dir/xstart.do", "/dir/start.xhtml", "/dir/pages/")) {
      assertThat(isPublic(rules, path)).as(path).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/admin/new", "/app//admin/%6Eew", "/app/admin/n%2565w", "/other"})
  void anEarlierFilterMayShowAnotherUriAlone(String uri) {
    var rules = Rules.open().loggedIn("/admin/new").rules();
    var request = FakeRequest.get("/app/x").context("/app").http();
    assertThat(rules.of(request).isPublic()).isTrue();
    assertThat(rules.of(withUri(uri, request)).isPublic()).isEqualTo(uri.equals("/other"));
  }

  @Test
  void aPublicPageIsNotPublicByAnotherUriThatAnEarlierFilterShows() {
    var rules = Rules.open("/open").rules();
    assertThat(isPublic(rules, "/open")).isTrue();
    var shown = withUri("/secret", FakeRequest.get("/open").http());
    assertThat(rules.of(shown).isPublic()).isFalse();
  }

  @Test
  void aUriThatAnEarlierFilterShowsIsReadByEachCharsetToo() {
    var rules = Rules.open().loggedIn("/caf\u00E9", "/Set").rules();
    var request = FakeRequest.get("/x").header("Content-Type", "text/plain;charset=IBM037").http();
    assertThat(rules.of(request).isPublic()).isTrue();
    assertThat(rules.of(withUri("/caf%E9", FakeRequest.get("/x").http())).isPublic()).isFalse();
    assertThat(rules.of(withUri("/%E2%85%A3", request)).isPublic()).isFalse();
  }

  @Test
  void anAmbiguousUriThatAnEarlierFilterShowsIsNotPublic() {
    var rules = Rules.open("/pub/*").rules();
    var request = FakeRequest.get("/pub/x").http();
    assertThat(rules.of(withUri("/pub/y", request)).isPublic()).isTrue();
    assertThat(rules.of(withUri("/pub/..;/secret", request)).isPublic()).isFalse();
  }

  private static HttpServletRequest withMethod(String method, HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getMethod() {
        return method;
      }
    };
  }

  private static HttpServletRequest withUri(String uri, HttpServletRequest request) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getRequestURI() {
        return uri;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "/report, /report.x",
    "/report.pdf, /report.json.pdf",
    "/report.pdf, /report.en.v2.pdf",
    "/report.pdf, /report.pdf.json",
    "/report.en.pdf, /report.x.en.y.pdf.z",
  })
  void aSuffixMayStandBetweenOthers(String restricted, String path) {
    var rules = Rules.open().loggedIn(restricted).rules();
    assertThat(isPublic(rules, path)).isFalse();
    assertThat(isPublic(rules, path.replaceFirst("[.]", "s."))).isTrue();
  }

  @Test
  void aSuffixMayStandBehindAnExtension() {
    var rules = Rules.open().loggedIn("*.do").rules();
    assertThat(isPublic(rules, "/save.do.json")).isFalse();
    assertThat(isPublic(rules, "/save.done.json")).isTrue();
  }

  // Without its suffix a path may be another page, with rules of its own.
  @ParameterizedTest
  @CsvSource({
    "/report.pdf, /report, /report.pdf, false",
    "/report.pdf, /*, /report.pdf, false",
    "/*, /report, /report.pdf, true",
    "/dir/index.html, /dir/, /dir/index.html, false",
    "/*, /dir/, /dir/index.html, true",
  })
  void aLessExactRuleForAShorterPathDoesNotCount(
      String own, String shorter, String path, boolean counts) {
    var both = Rules.open().role(own, "own").role(shorter, "other");
    assertThat(get(both.rules(), path).roles()).hasSize(counts ? 2 : 1).contains(Set.of("own"));
    var acrs = Rules.open().acr(own, "own").acr(shorter, "other");
    assertThat(get(acrs.rules(), path).acrs()).hasSize(counts ? 2 : 1).contains(List.of("own"));
    var ages = Rules.open().maxAge(own, Duration.ofHours(2)).maxAge(shorter, Duration.ofHours(1));
    assertThat(get(ages.rules(), path).maxAge()).hasValue(Duration.ofHours(counts ? 1 : 2));
  }

  @Test
  void ofTwoRulesForAPathWithoutItsSuffixTheMoreExactDecides() {
    var rules = Rules.open().role("/report/*", "b").role("/report", "a").rules();
    assertThat(get(rules, "/report.json").roles()).containsExactly(Set.of("a"));
  }

  @Test
  void ofTwoRulesForOnePathTheOneWithMethodsDecides() {
    for (var path : List.of("/x", "/x/*", "*.do")) {
      var target = path.equals("*.do") ? "/x.do" : "/x";
      var rules = Rules.open().role(path, "all").role("GET:" + path, "readers").rules();
      assertThat(get(rules, target).roles()).as(path).containsExactly(Set.of("readers"));
      assertThat(rules.of("POST", target).roles()).as(path).containsExactly(Set.of("all"));
      var open = Rules.open("GET:" + path).role(path, "all").rules();
      assertThat(open.of("GET", target).isPublic()).as(path).isEqualTo(!path.equals("*.do"));
      assertThat(open.of("POST", target).isPublic()).as(path).isFalse();
    }
  }

  @Tag("case-81")
  @Test
  void aPathOfDotsCostsLittle() {
    var rules = Rules.open().loggedIn("/a", "/b.c").rules();
    assertThat(isPublic(rules, "/a" + ".".repeat(100_000))).isFalse();
    assertThat(isPublic(rules, "/x" + ".a".repeat(100_000))).isTrue();
  }

  @Test
  void aPathMayHaveAColon() {
    assertThat(isPublic(Rules.open("/v1/items:batch").rules(), "/v1/items:batch")).isTrue();
  }

  @Test
  void theMethodOfTheContainerIsRememberedToo() {
    var rules = Rules.open("DELETE:/x").role("POST:/x", "boss").rules();
    assertThat(rules.of(FakeRequest.of("DELETE", "/x").http()).isPublic()).isTrue();
    var shown = withMethod("DELETE", FakeRequest.of("POST", "/x").http());
    assertThat(rules.of(shown).isPublic()).isFalse();
  }

  @Test
  void kindsOfLoginThatNoLoginHasTogetherAreTold() {
    var rules = Rules.open().acr("/pay/*", "silver", "gold").acr("/pay/now", "gold").rules();
    assertThat(get(rules, "/pay/now/").commonAcrs()).containsExactly("gold");
    var never = Rules.open().acr("/pay/*", "silver").acr("/pay/now", "gold").rules();
    assertThat(get(never, "/pay/now/").canBeMetByLogin()).isFalse();
    assertThat(get(never, "/pay/now").canBeMetByLogin()).isTrue();
  }
}
