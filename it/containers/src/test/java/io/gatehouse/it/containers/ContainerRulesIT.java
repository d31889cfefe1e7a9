package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.attacks.PathSpellings;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.RawAnswer;
import io.gatehouse.it.servers.container.RawHttp;
import io.gatehouse.it.servers.container.WarFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exact rules for pages of real routers, in applications where everything else is public: no
 * spelling of a path shows its page to a stranger, or to a user whom the rule excludes.
 */
@OnEveryContainer
class ContainerRulesIT {
  /** Jakarta REST, Jakarta Faces, Jakarta Server Pages, servlets and the container's files. */
  static final Application ROUTERS = Application.at("routers");

  /** Spring MVC, at a prefix and as the default servlet. */
  static final Application MVC = Application.at("mvc");

  private static final String NO_ONE = "=Boss:Never";
  private static final int EVERY = 11;

  /** The restricted pages, each with its text. */
  private static final Map<String, String> OF_SERVLETS =
      Map.of(
          "/rest/door", "SECRET rest",
          "/file.txt", "SECRET static",
          "/page.jsp", "SECRET jsp",
          "/dir/", "SECRET welcome of dir",
          "/home/", "SECRET start of home",
          "/exact2/index.html", "SECRET welcome of exact2");

  private static final Map<String, String> OF_FACES =
      Map.of("/view.xhtml", "SECRET faces", "/admin/view.jsf", "SECRET faces");
  private static final Map<String, String> OF_MVC =
      Map.of("/mvc/offerings/new", "SECRET mvc", "/offerings/new", "SECRET mvc");

  /** Suffixes and the like that routers may ignore; the spellings have the rest. */
  private static final List<String> ENDINGS =
      List.of(
          "/",
          "//",
          "/.",
          "/..;/x/..",
          ".json",
          ".html",
          ".xhtml",
          ".jsf",
          ".faces",
          ".jsp",
          ".a.b",
          ";",
          ";x=1",
          ";x=1/",
          "/;x=1",
          ";.json",
          "%20",
          "%09",
          "%00",
          "%0a",
          "%2f",
          "%2F.json",
          "%3b",
          "%3bx",
          "%3f",
          "%23",
          "/index.html",
          "/index.jsp",
          "/start.html",
          ".",
          "..",
          "%2e",
          "%2e%2e",
          "*",
          "?x",
          "?.json",
          "/%2e",
          "/%2e/",
          "\\",
          "%5c");

  private final List<String> faults = new ArrayList<>();

  static WarFile routers() {
    var source = ContainerServer.hasServletsOnly() ? "doors-servlets.war" : "doors.war";
    return ROUTERS
        .war(source, settings(pages(ROUTERS).keySet()))
        .without("/WEB-INF/classes/io/gatehouse/doors/ee/EjbDoor.class")
        .without("/WEB-INF/classes/io/gatehouse/doors/ee/RemoteDoor.class")
        .without("/WEB-INF/classes/io/gatehouse/doors/ee/RemoteDoorBean.class");
  }

  static WarFile mvc() {
    return MVC.war("mvc.war", settings(pages(MVC).keySet()));
  }

  private static Map<String, String> settings(Set<String> pages) {
    return Map.of(
        "gatehouse.protected-paths", "/account",
        "gatehouse.public-paths", "",
        "gatehouse.required-roles",
            pages.stream().map(it -> it + NO_ONE).collect(Collectors.joining(",")));
  }

  private static Map<String, String> pages(Application application) {
    if (application.equals(MVC)) {
      return OF_MVC;
    }
    return ContainerServer.hasServletsOnly()
        ? OF_SERVLETS
        : Stream.of(OF_SERVLETS, OF_FACES)
            .flatMap(it -> it.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static void register(StandIn standIn) {
    standIn.registerDidKey(ROUTERS.clientId(), ROUTERS.publicUrl());
    standIn.registerDidKey(MVC.clientId(), MVC.publicUrl());
  }

  static Set<String> ofRouters() {
    return pages(ROUTERS).keySet();
  }

  static Set<String> ofMvc() {
    return pages(MVC).keySet();
  }

  @ParameterizedTest
  @MethodSource("ofRouters")
  @Tag("case-110")
  void noSpellingShowsThePageOfARouter(String page) {
    assertNoSpellingShows(ROUTERS, page);
  }

  @ParameterizedTest
  @MethodSource("ofMvc")
  @Tag("case-110")
  void noSpellingShowsThePageOfSpring(String page) {
    assertNoSpellingShows(MVC, page);
  }

  private void assertNoSpellingShows(Application application, String page) {
    var spellings = spellings(page);
    assertThat(spellings).hasSizeGreaterThan(200);
    var user = "Cookie: " + cookies(application);
    var text = String.valueOf(pages(application).get(page));
    try (var stranger = new RawHttp(Application.PORT);
        var auditor = new RawHttp(Application.PORT)) {
      for (var spelling : spellings) {
        var target = application.path() + spelling;
        check("stranger " + spelling, text, stranger.send("GET", target, "Accept: text/html"));
        check("user " + spelling, text, auditor.send("GET", target, "Accept: text/html", user));
      }
    }
    assertThat(faults).isEmpty();
  }

  private static Set<String> spellings(String page) {
    var all = List.copyOf(PathSpellings.of(page, List.of("/counts")));
    var some = new LinkedHashSet<String>();
    some.add(page);
    ENDINGS.forEach(it -> some.add(page + it));
    ENDINGS.forEach(it -> some.add(page.replaceFirst("/$", "") + it));
    some.add(page.replaceFirst("\\.[a-z]+$", ""));
    some.add(page.replaceFirst("/[^/]*$", "/"));
    var first = Math.floorMod(page.hashCode(), EVERY);
    for (int i = first; i < all.size(); i += EVERY) {
      some.add(all.get(i));
    }
    return some;
  }

  private static String cookies(Application application) {
    var browser = new Browser();
    browser.logIn(application.page("/account"), "auditor");
    return browser.cookies(application.page("/")).entrySet().stream()
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining("; "));
  }

  private void check(String what, String text, RawAnswer answer) {
    if (answer.body().contains(text)) {
      faults.add(what + " -> " + answer.brief());
    }
  }
}
