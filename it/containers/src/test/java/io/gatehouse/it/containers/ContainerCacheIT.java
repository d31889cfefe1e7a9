package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Cache-Control of the application's responses (RFC 9111). */
@OnEveryContainer
@Tag("case-116")
class ContainerCacheIT {
  private static Browser user() {
    var browser = new Browser();
    browser.logIn(Application.BARE.page("/who"), "auditor");
    return browser;
  }

  private static List<String> control(HttpResponse<String> answer) {
    return answer.headers().allValues("Cache-Control");
  }

  private static List<String> control(Browser browser, String path) {
    return control(browser.get(Application.BARE.page(path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/cached",
        "/cached?how=reset",
        "/cached?how=reset-after-own",
        "/cached?how=flushed",
        "/cached?how=redirected",
        "/cached?how=moved",
        "/cached?how=not-found",
        "/named/page.css",
        "/not-there",
        "/file.txt",
        "/pages/",
        "/fault?by=status",
        "/fault?by=exception",
        "/async?by=dispatch",
        "/async?by=dispatch-of-original",
        "/async?by=thread",
        "/open/async?by=dispatch",
        "/open/async?by=dispatch-of-original",
        "/open/forward?to=/guarded/who"
      })
  void noCacheKeepsAPageOfAUser(String path) {
    assertThat(String.join(",", control(user(), path))).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cached?how=set", "/cached?how=added", "/open/cached?how=added"})
  void whatTheApplicationSaysCounts(String path) {
    assertThat(control(user(), path)).containsExactly("public, max-age=60");
  }

  @Test
  void aPartOfAPageAndAPageThatHasNotChangedAreNotKeptEither() {
    var browser = user();
    var part = browser.with("Range", "bytes=0-3").get(Application.BARE.page("/file.txt"));
    assertThat(part.statusCode()).isIn(200, 206);
    assertThat(control(part)).containsExactly("no-store");
    browser.without("Range");
    var changed = part.headers().firstValue("Last-Modified").orElseThrow();
    var same = browser.with("If-Modified-Since", changed).get(Application.BARE.page("/file.txt"));
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(control(same)).isIn(List.of("no-store"), List.of()); // Jetty; nothing was kept
  }

  @Test
  void onlyTheBrowserMayKeepAPublicPageOfAUser() {
    assertThat(control(user(), "/open/cached")).containsExactly("private");
    assertThat(control(new Browser(), "/open/cached")).isEmpty();
    assertThat(control(new Browser(), "/static/file.txt")).isEmpty();
  }

  @Test
  void onlyTheBrowserMayKeepWhatIsListed() {
    assertThat(control(user(), "/kept/cached")).containsExactly("private");
    assertThat(control(user(), "/style.css")).containsExactly("private");
    assertThat(control(new Browser(), "/kept/cached").get(0)).startsWith("no-store");
  }

  @Test
  void noCacheKeepsTheWayToTheLogIn() {
    var redirect = new Browser().get(Application.BARE.page("/file.txt"));
    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(control(redirect).get(0)).startsWith("no-store"); // Open Liberty adds no-cache
  }
}
