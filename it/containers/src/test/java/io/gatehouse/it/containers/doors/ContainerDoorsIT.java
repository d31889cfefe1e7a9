package io.gatehouse.it.containers.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.attacks.PathSpellings;
import io.gatehouse.it.containers.doors.Page.Rule;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.RawAnswer;
import io.gatehouse.it.servers.container.RawHttp;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every door of the current container: no stranger sees or runs the endpoint behind it, and each
 * opens to users. Tests that come from a row of the field tests name that row.
 */
@ExtendWith(Doors.Parameter.class)
class ContainerDoorsIT {
  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "PATCH",
          "OPTIONS",
          "TRACE",
          "PROPFIND",
          "get",
          "FOO");
  private static final String[] NAVIGATION = {
    "Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
  };
  private static final String MANAGER = "product-manager";
  private static final String AUDITOR = "auditor";
  private static final String[] HANDSHAKE = {
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  };
  private static final List<String> SOCKETS = List.of("/ws/door", "/boss/ws");
  private static final int EVERY_LEAVING = 11 * Doors.EVERY;
  private static final int EVERY_SPELLING = 61 * Doors.EVERY;

  private final Doors doors;

  ContainerDoorsIT(Doors doors) {
    this.doors = doors;
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
  }

  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-9")
  void everyDoorIsShutToStrangers(String context) {
    var faults = Faults.of(doors);
    try (var connection = new RawHttp(doors.port())) {
      for (var page : Page.all()) {
        for (var method : METHODS) {
          for (var headers : List.of(NAVIGATION, new String[] {"Accept: application/json"})) {
            var answer = connection.send(method, context + page.path(), headers);
            faults.stranger(method + " " + page.path(), answer);
            if (!List.of(302, 400, 401, 403, 404, 405, 501, 0).contains(answer.status())) {
              faults.add(method + " " + page.path() + " -> " + answer.brief());
            }
          }
        }
      }
    }
    faults.assertNone();
  }

  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  void everyDoorOpensToItsUsers(String context) {
    var faults = new ArrayList<String>();
    var manager = doors.user(context, MANAGER);
    for (var page : Page.all()) {
      var answer = manager.get(doors.address(context, page.path()));
      if (page.rule() == Rule.NO_ONE ? answer.statusCode() != 403 : shows(answer.body(), page)) {
        faults.add(page + " -> " + answer.statusCode() + " " + Faults.brief(answer.body()));
      }
    }
    assertThat(faults).isEmpty();
  }

  private static boolean shows(String body, Page page) {
    return !body.contains(page.marker());
  }

  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  void aRoleShutsADoorToUsersWithoutIt(String context) {
    var faults = new ArrayList<String>();
    var auditor = doors.user(context, AUDITOR);
    for (var page : Page.all()) {
      if (page.rule() != Rule.USERS) {
        var answer = auditor.get(doors.address(context, page.path()));
        if (answer.statusCode() != 403 || answer.body().contains("SECRET")) {
          faults.add(page + " -> " + answer.statusCode() + " " + Faults.brief(answer.body()));
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /** F1. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-11")
  @Tag("case-109")
  void aWebSocketIsForUsersOnly(String context) {
    var faults = Faults.of(doors);
    for (var socket : SOCKETS) {
      for (var headers : handshakes()) {
        for (var path : List.of(socket, socket + ";x=1", "/./" + socket.substring(1))) {
          try (var connection = new RawHttp(doors.port()).within(1500)) {
            var answer = connection.send("GET", context + path, headers);
            faults.stranger("handshake " + path, answer);
            if (answer.status() == 101) {
              faults.add("handshake " + path + " -> " + answer.brief());
            }
          }
        }
      }
    }
    faults.assertNone();
  }

  private static List<String[]> handshakes() {
    return List.of(
        HANDSHAKE,
        with(NAVIGATION, HANDSHAKE),
        with(HANDSHAKE, "Origin: http://evil.example"),
        with(HANDSHAKE, "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Extensions: x"),
        new String[] {
          "Connection: keep-alive, upgrade",
          "Upgrade: WebSocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        });
  }

  /** F1. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-109")
  void aWebSocketOpensToItsUsers(String context) {
    try (var connection = new RawHttp(doors.port())) {
      var opened =
          connection.send(
              "GET", context + "/ws/door", with(HANDSHAKE, doors.cookie(context, MANAGER)));
      assertThat(opened.status()).as(opened.brief()).isEqualTo(101);
      assertThat(opened.body()).contains("SECRET websocket user ").doesNotContain("user null");
    }
    try (var connection = new RawHttp(doors.port())) {
      var refused =
          connection.send(
              "GET", context + "/boss/ws", with(HANDSHAKE, doors.cookie(context, MANAGER)));
      assertThat(refused.status()).as(refused.brief()).isEqualTo(403);
    }
  }

  /** H2: RFC 8441. A container without it must not run the endpoint either. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-11")
  @Tag("case-109")
  void aWebSocketOverHttp2IsForUsersOnly(String context) {
    var faults = Faults.of(doors);
    for (var socket : SOCKETS) {
      for (var path : List.of(socket, socket + ";x=1")) {
        for (var origin : List.of("http://localhost:" + doors.port(), "http://evil.example")) {
          try (var connection = new Http2(doors.port())) {
            var answer = connection.openSocket(context + path, "origin: " + origin);
            faults.stranger("CONNECT " + path, answer.status(), answer.body());
            if (answer.status() == 200) {
              faults.add("CONNECT " + path + " -> 200 " + answer.body());
            }
          }
        }
      }
    }
    faults.assertNone();
  }

  /** H2. */
  @Test
  void aWebSocketOverHttp2OpensToItsUsers() {
    assumeTrue(ContainerServer.name().equals("jetty"), "others do not have RFC 8441");
    try (var connection = new Http2(doors.port())) {
      var answer = connection.openSocket("/doors/ws/door", doors.cookie("/doors", MANAGER));
      assertThat(answer.body()).contains("SECRET websocket user ").doesNotContain("user null");
      var refused = connection.openSocket("/doors/boss/ws", doors.cookie("/doors", MANAGER));
      assertThat(refused.body()).doesNotContain("SECRET");
    }
  }

  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  void everyDoorIsShutToStrangersOverHttp2(String context) {
    var faults = Faults.of(doors);
    try (var connection = new Http2(doors.port())) {
      for (var page : Page.all()) {
        for (var method : List.of("GET", "POST")) {
          var answer = connection.send(method, context + page.path(), "accept: text/html");
          faults.stranger(method + " " + page.path(), answer.status(), answer.body());
        }
      }
    }
    faults.assertNone();
  }

  /** Proves that the tests over HTTP/2 can open a door at all. */
  @Test
  void everyDoorOpensToItsUsersOverHttp2() {
    try (var connection = new Http2(doors.port())) {
      var answer = connection.send("GET", "/doors/secret", doors.cookie("/doors", MANAGER));

      assertThat(answer.body()).as(answer.toString()).contains("SECRET servlet");
    }
  }

  /** G1. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-108")
  void aPathThatLeavesTheApplicationLeadsNowhere(String context) {
    var faults = Faults.of(doors);
    var offset = 0;
    try (var connection = new RawHttp(doors.port())) {
      for (var page :
          List.of(
              "/secret",
              "/prefix/more",
              "/some.door",
              "/admin/secret",
              "/file.txt",
              "/page.jsp",
              "/rest/door",
              "/async",
              "/dir/",
              "/exact3/index.html",
              "/WEB-INF/web.xml")) {
        for (var path : LeavingPaths.share(context, page, EVERY_LEAVING, offset++)) {
          faults.stranger("GET " + path, connection.send("GET", path, NAVIGATION));
        }
        for (var path : LeavingPaths.share(context, page, 3 * EVERY_LEAVING, offset)) {
          faults.stranger("POST " + path, connection.send("POST", path));
        }
        for (var path : LeavingPaths.share(context, page, 4 * EVERY_LEAVING, offset)) {
          var target = "http://localhost:" + doors.port() + path;
          faults.stranger("GET " + target, connection.send("GET", target, NAVIGATION));
        }
      }
    }
    assertThat(faults.tried()).isGreaterThan(2000 / Doors.EVERY);
    faults.assertNone();
  }

  /** G1. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-108")
  void aPathThatLeavesTheApplicationLeadsNowhereOverHttp2(String context) {
    var faults = Faults.of(doors);
    try (var connection = new Http2(doors.port())) {
      for (var page : List.of("/secret", "/file.txt", "/admin/secret")) {
        for (var path : LeavingPaths.share(context, page, 2 * EVERY_LEAVING, 5)) {
          var answer = connection.send("GET", path, "accept: text/html");
          faults.stranger("GET " + path, answer.status(), answer.body());
        }
      }
    }
    faults.assertNone();
  }

  /** G1: own paths answer without a user, but not by a way that no filter has seen. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-108")
  void noOwnPathAnswersToAPathThatLeavesTheApplication(String context) {
    var faults = Faults.of(doors);
    try (var connection = new RawHttp(doors.port())) {
      for (var page : List.of("/gatehouse/jwks", "/gatehouse/login")) {
        for (var path : LeavingPaths.share(context, page, 2 * EVERY_LEAVING, 0)) {
          var answer = connection.send("GET", path, NAVIGATION);
          faults.stranger("GET " + path, answer);
          if (answer.body().contains(doors.keyId(context)) && !context.isEmpty()) {
            faults.add("GET " + path + " -> " + answer.brief());
          }
        }
      }
    }
    faults.assertNone();
  }

  /** G1 and F1. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-108")
  @Tag("case-109")
  void noWebSocketOpensAtAPathThatLeavesTheApplication(String context) {
    var faults = Faults.of(doors);
    for (var path : LeavingPaths.share(context, "/ws/door", 9 * EVERY_LEAVING, 0)) {
      try (var connection = new RawHttp(doors.port()).within(1500)) {
        var answer = connection.send("GET", path, HANDSHAKE);
        faults.stranger("handshake " + path, answer);
        if (answer.status() == 101) {
          faults.add("handshake " + path + " -> " + answer.brief());
        }
      }
    }
    faults.assertNone();
  }

  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-1")
  @Tag("case-2")
  @Tag("case-3")
  @Tag("case-4")
  void noSpellingOfAPathIsAWayIn(String context) {
    var faults = Faults.of(doors);
    var publicPaths = List.of("/open", "/counts", "/gatehouse/login", "/gatehouse/jwks");
    try (var connection = new RawHttp(doors.port())) {
      for (var page :
          List.of("/secret", "/some.door", "/file.txt", "/page.jsp", "/rest/door", "/dir/")) {
        var all = List.copyOf(PathSpellings.of(page, publicPaths));
        for (var i = Math.floorMod((context + page).hashCode(), EVERY_SPELLING);
            i < all.size();
            i += EVERY_SPELLING) {
          faults.stranger(
              "GET " + all.get(i), connection.send("GET", context + all.get(i), NAVIGATION));
        }
      }
    }
    faults.assertNone();
  }

  /** G3. */
  @ParameterizedTest
  @CsvSource({
    "length, stream",
    "length, writer",
    "encoding, stream",
    "encoding, writer",
    "transfer, stream",
    "transfer, writer",
    "range, stream",
    "tag, writer",
    "status, stream"
  })
  @Tag("case-107")
  void aPublicPageThatWantsAUserAfterAllEndsItsAnswer(String announced, String by) {
    var path = "/doors/open/half-answer?announced=" + announced + "&by=" + by;
    for (var isPerson : List.of(true, false)) {
      try (var connection = new RawHttp(doors.port()).within(3000)) {
        var answer =
            connection.send(
                "GET", path, isPerson ? NAVIGATION : new String[] {"Accept: application/json"});
        assertThat(answer.fault()).as(answer.head()).isEmpty();
        assertThat(answer.status()).as(answer.brief()).isEqualTo(isPerson ? 302 : 401);
        assertThat(answer.body()).doesNotContain("half an answer");
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("Content-Range")).isEmpty();
        assertThat(answer.header("ETag")).isEmpty();
        var next = connection.send("GET", "/doors/counts");
        assertThat(next.body()).as(next.head()).startsWith("COUNTS");
      }
    }
  }

  /** H3. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-103")
  void aWelcomeFileHasTheRulesOfBothItsNames(String context) {
    var auditor = doors.user(context, AUDITOR);
    var faults = new ArrayList<String>();
    for (var path : List.of("/exact2/", "/exact3/", "/exact3/index.html")) {
      var answer = auditor.get(doors.address(context, path));
      if (answer.body().contains("SECRET")) {
        faults.add(path + " -> " + answer.statusCode() + " " + answer.body());
      }
    }
    assertThat(faults).isEmpty();
  }

  /** H3. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/pubdir/", "/pubdir/index.html"})
  @Tag("case-103")
  void aWelcomeFileWithARoleIsNoPublicPage(String path) {
    assertThat(doors.isServed(Doors.WELCOME)).isTrue();
    try (var connection = new RawHttp(doors.port())) {
      var answer = connection.send("GET", Doors.WELCOME + path, NAVIGATION);

      assertThat(answer.status()).as(answer.brief()).isNotEqualTo(200);
      assertThat(answer.body()).doesNotContain("SECRET", "PUBLIC welcome");
    }
  }

  /** H4: a rule for a page is a rule for the page by its other mappings. */
  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-103")
  void aRuleHoldsForEachMappingOfFaces(String context) {
    assumeTrue(!ContainerServer.hasServletsOnly(), "no Faces here");
    var manager = doors.user(context, MANAGER);
    var faults = new ArrayList<String>();
    for (var path :
        List.of(
            "/faces/boss/view.xhtml", "/boss/view.jsf", "/boss/view.faces", "/boss/view.xhtml")) {
      var answer = manager.get(doors.address(context, path));
      if (answer.body().contains("SECRET")) {
        faults.add(path + " -> " + answer.statusCode());
      }
    }
    assertThat(faults).isEmpty();
  }

  /** H5: the decision is the container's own, and the log has to report it. */
  @Test
  void aWebServiceOnABeanIsWarnedOf() {
    assumeTrue(!ContainerServer.hasServletsOnly(), "no beans here");

    doors.isServed(Doors.BEANS);

    assertThat(isLogged("EjbDoor", "@WebService")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/EjbDoorService/EjbDoor",
        "/beans/EjbDoorService/EjbDoor",
        "/beans/EjbDoorService",
        "/beans/EjbDoor",
        "/EjbDoorService"
      })
  void aWebServiceOnABeanIsForUsersWhereItIsOfTheApplication(String path) {
    assumeTrue(!ContainerServer.hasServletsOnly(), "no beans here");
    doors.isServed(Doors.BEANS);

    var answer = call(new Browser(), path);

    // Payara's address is beside all applications: H5.
    var isOfContainer =
        ContainerServer.name().equals("payara-server") && path.equals("/EjbDoorService/EjbDoor");
    assertThat(answer.body().contains("SECRET ejb-ws"))
        .as(answer.statusCode() + " " + answer.body())
        .isEqualTo(isOfContainer);
  }

  private HttpResponse<String> call(Browser browser, String path) {
    var envelope =
        """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>\
        <d:open xmlns:d="urn:doors"/></s:Body></s:Envelope>""";
    return browser
        .with("Content-Type", "text/xml")
        .without("Accept")
        .send("POST", doors.address("", path), envelope);
  }

  /** H6. */
  @ParameterizedTest
  @CsvSource({
    "async, /secret", "async, /admin/secret", "async, /boss/secret", "async, /page.jsp",
    "async, /file.txt", "async, /rest/door", "async, /prefix/more", "async, /async",
    "async-wrapped, /secret", "thread-dispatch, /secret", "thread-dispatch, /boss/secret"
  })
  @Tag("case-104")
  void anAsynchronousDispatchOfAPublicPageOpensNothing(String by, String to) {
    var faults = Faults.of(doors);
    for (var context : Doors.CONTEXTS) {
      var path = context + "/open/dispatch?by=" + by + "&to=" + to;
      var answer = onItsOwnConnection(path, NAVIGATION);
      faults.stranger("GET " + path, answer);
      if (answer.status() != 302) {
        faults.add("GET " + path + " -> " + answer.brief());
      }
      var program = onItsOwnConnection(path, "Accept: application/json");
      faults.stranger("GET " + path, program);
      if (program.status() != 401) {
        faults.add("GET as a program " + path + " -> " + program.brief());
      }
    }
    faults.assertNone();
  }

  // Payara answers a request that another thread dispatches twice now and then, without Gatehouse
  // too; the next request on the connection would read the second answer as its own.
  private RawAnswer onItsOwnConnection(String path, String... headers) {
    try (var connection = new RawHttp(doors.port())) {
      return connection.send("GET", path, headers);
    }
  }

  /** H6. */
  @ParameterizedTest
  @CsvSource({"/open/dispatch, async", "/dispatch, async", "/open/dispatch, thread-dispatch"})
  @Tag("case-104")
  void anAsynchronousDispatchHasTheRuleOfItsTarget(String from, String by) {
    var manager = doors.user("/doors", MANAGER);

    var allowed = manager.get(doors.address("/doors", from + "?by=" + by + "&to=/admin/secret"));
    assertThat(allowed.body()).contains("SECRET servlet");
    var refused = manager.get(doors.address("/doors", from + "?by=" + by + "&to=/boss/secret"));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("SECRET");
  }

  /** H6: the decision is the application's own. */
  @ParameterizedTest
  @CsvSource({
    "by=async&to=/WEB-INF/inside.jsp, INSIDE jsp",
    "by=forward&to=/WEB-INF/inside.jsp, INSIDE jsp",
    "by=forward&to=/secret, SECRET servlet user null",
    "by=include&to=/secret, SECRET servlet user null",
    "by=include&to=/page.jsp, SECRET jsp null",
    "by=async&to=/counts, COUNTS",
    "by=thread&to=, OWN thread"
  })
  @Tag("case-104")
  void aPublicPageShowsWhatIsItsOwn(String query, String shown) {
    for (var context : Doors.CONTEXTS) {
      var answer = new Browser().get(doors.address(context, "/open/dispatch?" + query));

      assertThat(answer.body()).as(context + " " + answer.statusCode()).contains(shown);
    }
  }

  @ParameterizedTest
  @FieldSource("io.gatehouse.it.containers.doors.Doors#CONTEXTS")
  @Tag("case-104")
  void theErrorPageOfAPublicPageIsForAnybody(String context) {
    var answer = new Browser().get(doors.address(context, "/open/fault"));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("OWN error page");
  }

  /** H6. */
  @ParameterizedTest
  @CsvSource({"forward, GET", "forward, POST", "include, GET", "async, GET", "async, POST"})
  @Tag("case-104")
  void noOtherApplicationLeadsPastTheGuard(String by, String method) {
    var faults = Faults.of(doors);
    try (var connection = new RawHttp(doors.port())) {
      for (var context : Doors.CONTEXTS) {
        for (var page :
            List.of("/secret", "/boss/secret", "/page.jsp", "/file.txt", "/rest/door", "/dir/")) {
          var path = reach(by, context, page);
          faults.stranger(method + " " + path, connection.send(method, path, NAVIGATION));
        }
      }
    }
    faults.assertNone();
  }

  private static String reach(String by, String context, String page) {
    return Doors.OUTSIDE
        + "/reach?by="
        + by
        + "&context="
        + URLEncoder.encode(context.isEmpty() ? "/" : context, StandardCharsets.UTF_8)
        + "&path="
        + page;
  }

  /** H6: proves that the test before can reach an application at all. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async"})
  void anotherApplicationReachesAPublicPage(String by) {
    var answer = new Browser().get(doors.address("", reach(by, "/doors", "/counts")));

    assertThat(answer.body()).as(String.valueOf(answer.statusCode())).contains("COUNTS");
  }

  /** H7. */
  @ParameterizedTest
  @ValueSource(strings = {"/open/x", "/", "/counts", "/gatehouse/jwks", "/gatehouse/login", ""})
  @Tag("case-103")
  void aFilterInFrontThatShowsAnotherPathOpensNothing(String shown) {
    assertThat(doors.isServed(Doors.LIAR)).isTrue();
    var before = liarCounts();
    var faults = Faults.of(doors);
    try (var connection = new RawHttp(doors.port())) {
      for (var page : Page.all()) {
        for (var method : List.of("GET", "POST")) {
          faults.stranger(
              method + " " + page.path() + " as " + shown,
              connection.send(
                  method, Doors.LIAR + page.path(), with(NAVIGATION, "X-Path: " + shown)));
        }
      }
    }
    faults.assertNone();
    assertThat(liarCounts()).isEqualTo(before);
  }

  private String liarCounts() {
    var body = new Browser().get(doors.address(Doors.LIAR, "/counts")).body();
    return body.contains("COUNTS") ? body : "not served";
  }

  /** H7: the stricter rule takes precedence. */
  @Test
  @Tag("case-103")
  void aFilterInFrontThatShowsAProtectedPathShutsAPublicPage() {
    try (var connection = new RawHttp(doors.port())) {
      var answer =
          connection.send("GET", Doors.LIAR + "/counts", with(NAVIGATION, "X-Path: /secret"));

      assertThat(answer.body()).as(answer.brief()).doesNotContain("COUNTS");
    }
  }

  /** H8. */
  @ParameterizedTest
  @CsvSource({
    "/statics, /static/file.txt", "/statics, /static/admin/file.txt",
    "/statics, /static/WEB-INF/web.xml",
        "/statics, /static/WEB-INF/classes/META-INF/microprofile-config.properties",
    "/webdav, /open/dav/file.txt", "/webdav, /open/dav/WEB-INF/web.xml"
  })
  void aServletForFilesAtAPublicPathDoesNotServeTheRest(String context, String path) {
    doors.isServed(context);
    try (var connection = new RawHttp(doors.port())) {
      var answer = connection.send("GET", context + path, NAVIGATION);

      assertThat(answer.body())
          .as(answer.brief())
          .doesNotContain("SECRET", "<web-app", "gatehouse.signing-key");
    }
  }

  /** H8: Tomcat's servlet for files serves the path of the request itself, which opens nothing. */
  @ParameterizedTest
  @CsvSource({"/statics, /static/*", "/webdav, /open/dav/*"})
  @Tag("case-106")
  void aServletForFilesAtAPublicPathStopsTheStart(String context, String pattern) {
    var isTomcat = ContainerServer.name().startsWith("tomcat");
    assumeTrue(
        context.equals(Doors.WEBDAV) ? isTomcat : Doors.hasServletForFiles() && !isTomcat,
        "no such servlet here");

    assertThat(doors.isServed(context)).isFalse();
    assertThat(isLogged(pattern, "serves every file of the application")).isTrue();
  }

  @Tag("case-102")
  @Test
  void noRequestThatIsAnsweredAsItShouldBeRaisesAnAlarm() {
    Alarms.assertNoneBy(doors.server(), Requests.ordinaryAndHostile(doors));
  }

  @Tag("case-102")
  @Test
  void noSpellingOfAPathRaisesAnAlarm() {
    Alarms.assertNoneBy(doors.server(), Requests.oddPaths(doors));
  }

  private boolean isLogged(String... words) {
    return doors.server().log().lines().anyMatch(it -> Stream.of(words).allMatch(it::contains));
  }
}
