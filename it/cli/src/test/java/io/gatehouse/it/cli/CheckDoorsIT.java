package io.gatehouse.it.cli;

import static io.gatehouse.it.cli.LyingApplication.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.cli.LyingApplication.Hole;
import io.gatehouse.it.servers.BrokenAnswers;
import io.gatehouse.it.servers.Command;
import io.gatehouse.it.servers.RawAnswer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The command {@code check --application} names each open way in, with its remedy, reports nothing
 * if all are closed, and changes nothing in the application.
 */
@ExtendWith(Surroundings.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CheckDoorsIT {
  private static final String GUARD = "guard";
  private static final String WEB_SOCKET = "WebSocket";
  private static final String HTTP_2 = "HTTP/2";
  private static final String DETOURS = "paths that leave the context";
  private static final String SPELLINGS = "spellings of a path";
  private static final String METHODS = "methods";

  private static final String JETTY =
      "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter";
  private static final String LIBERTY =
      "<webContainer com.ibm.ws.webcontainer.normalizerequesturi=\"true\"/>";
  private static final String MAPPING = "<url-pattern>/*</url-pattern>";

  private final Surroundings surroundings;

  CheckDoorsIT(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  private static Command.Result check(String url, String... more) {
    var arguments = new ArrayList<>(List.of("check", "--application", url, "--json"));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray(String[]::new));
  }

  @Test
  void findsNothingOpenAtARealServer() {
    for (var context : List.of(Surroundings.SHOP, Surroundings.OTHER)) {
      var result = check(surroundings.page(context, "").toString(), "--path", "/who");

      assertThat(result.complaints("fail")).as(result.out()).isEmpty();
      assertThat(result.complaints("warn")).as(result.out()).isEmpty();
      assertThat(result.complaints("ok")).as(result.out()).hasSizeGreaterThanOrEqualTo(6);
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void checksConfigurationAndDoorsInOneRunOfAProcess() {
    var shop = surroundings.configuration(Surroundings.SHOP);
    var file = Command.file(shop).toString();
    var url = surroundings.page(Surroundings.SHOP, "").toString();

    var result = Command.runProcess("check", "--config", file, "--application", url);

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("ok    configuration: ")
        .contains("ok    guard: " + url + "/ is public (200)")
        .contains("ok    methods: ")
        .endsWith(" 0 warn, 0 fail\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void namesAPublicPathThatIsMeantToBeGuardedAtARealServer() {
    var result =
        check(surroundings.page(Surroundings.SHOP, "").toString(), "--path", "/static/file.txt");

    assertIsNamed(result, GUARD, "remove it from gatehouse.public-paths");
  }

  @Test
  void namesAContextPathThatIsWrongAtARealServer() {
    var result = check(surroundings.page("nothing-here", "").toString());

    assertIsNamed(result, GUARD, "Check the context path in --application");
  }

  @Test
  void findsNothingOpenWhereNothingIs() {
    for (var context : List.of("", "/a", "/shop", "/a/longer-path")) {
      try (var application = new LyingApplication(context)) {
        var result = check(application.url(), "--path", PATH);

        assertThat(result.complaints("ok")).as(result.out()).hasSize(7);
        assertThat(result.complaints("fail")).as(result.out()).isEmpty();
        assertThat(result.complaints("warn")).as(result.out()).isEmpty();
        assertThat(result.exitCode()).isZero();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> namesAFaultOfTheGuard() {
    return Stream.of(
        hole("a filter that is not mapped to all", guards(false), 404, GUARD, MAPPING),
        hole("a page for every path", guards(false), 200, GUARD, MAPPING),
        hole("a filter that was dropped", all(), 404, GUARD, "\"Gatehouse is on\""),
        hole("an application without Gatehouse", all(), 200, GUARD, "WEB-INF/lib"),
        hole("a start that failed", all(), 503, GUARD, "from the start that names what is wrong"),
        hole("a login that cannot begin", guards(true), 503, GUARD, "authorization server"),
        hole("an application that fails", all(), 500, GUARD, "log has the reason"),
        hole("programs that pass", program(), 200, GUARD, "has to be the first filter"),
        hole("absent pages for programs", program(), 404, GUARD, "has to be the first filter"),
        hole("a public path", get(PATH), 200, GUARD, "remove it from gatehouse.public-paths"));
  }

  @TestFactory
  Stream<DynamicTest> namesAWebSocketThatOpens() {
    var upgrade = contains("Upgrade: websocket");
    var connect = contains(":protocol: websocket");
    return Stream.of(
        hole("at the path", upgrade.and(contains(PATH)), 101, WEB_SOCKET, JETTY),
        hole("at any path", upgrade.and(contains("gatehouse-check-")), 101, WEB_SOCKET, JETTY),
        hole("at the root", upgrade.and(contains("GET /shop/ ")), 101, WEB_SOCKET, JETTY),
        hole("a page in place of it", upgrade.and(contains(PATH)), 200, WEB_SOCKET, JETTY),
        hole(
            "an absent page",
            upgrade.and(contains("gatehouse-check-")),
            404,
            WEB_SOCKET,
            "no filter or proxy before Gatehouse"),
        hole("by CONNECT", connect.and(contains(PATH)), 200, "WebSocket over HTTP/2", JETTY),
        hole(
            "by CONNECT at the root",
            connect.and(contains(":path: /shop/\r")),
            200,
            "WebSocket over HTTP/2",
            JETTY));
  }

  @TestFactory
  Stream<DynamicTest> namesAPageThatPassesOverHttp2() {
    var http2 = contains(" HTTP/2\r\n").and(contains("CONNECT").negate());
    var plain = http2.and(contains("/../").negate());
    return Stream.of(
        hole("a page", plain, 200, HTTP_2, "switch HTTP/2 off"),
        hole("an absent page", plain, 404, HTTP_2, "switch HTTP/2 off"),
        hole("an offer of HTTP/2", contains("Upgrade: h2c"), 200, HTTP_2, "switch HTTP/2 off"),
        hole("a detour", http2.and(contains("/../")), 404, HTTP_2, "switch HTTP/2 off"));
  }

  @TestFactory
  Stream<DynamicTest> namesAPathThatLeavesTheContextAndPasses() {
    var tests = new ArrayList<DynamicTest>();
    for (var dots : List.of("/../", "/%2e%2e/", "/..;/", "/..%2f")) {
      var page = contains("/shop" + dots + "xxxxxws/chat ");
      tests.add(hole("a page by " + dots, page, 200, DETOURS, LIBERTY));
      var keys = contains("/shop" + dots + "xxxxxgatehouse/jwks ");
      var answer = Hole.of(keys, LyingApplication.keys());
      tests.add(hole("keys by " + dots, answer, DETOURS, LIBERTY));
    }
    var back = contains("GET /shop/../shop/gatehouse-check-").and(contains("HTTP/1.1"));
    tests.add(hole("an absent page", back, 404, DETOURS, LIBERTY));
    tests.add(hole("a page for an absent path", back, 200, DETOURS, LIBERTY));
    return tests.stream();
  }

  @Test
  void warnsOfAnAbsentPageByAnEncodedDetourThatAProxyMayHaveRefused() {
    try (var application = new LyingApplication("/shop")) {
      application.open(Hole.of(contains("/..%2fshop/gatehouse-check-"), 404));

      var result = check(application.url(), "--path", PATH);

      assertThat(result.complaints("fail")).as(result.out()).isEmpty();
      assertThat(result.complaints("warn")).as(result.out()).hasSize(1);
      assertThat(result.complaints("warn").get(0).getString("remedy")).contains(LIBERTY);
    }
  }

  @Test
  void takesThePagesOfAnotherApplicationAtTheRootForNoHole() {
    try (var application = new LyingApplication("/shop")) {
      application.open(Hole.of(contains("GET /shop/../xxxxx").and(contains("HTTP/1.1")), 200));

      var result = check(application.url(), "--path", PATH);

      assertThat(result.complaints("fail")).as(result.out()).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> namesASpellingThatPasses() {
    return Stream.of(
            "//ws/chat",
            "/./ws/chat",
            "/ws/chat;x=1",
            "/%2e/ws/chat",
            "/ws/chat/",
            "/%77s/chat",
            "/WS/CHAT")
        .map(it -> hole(it, get(it), 200, SPELLINGS, "map the filter to /*"));
  }

  @TestFactory
  Stream<DynamicTest> namesAMethodThatPasses() {
    var tests = new ArrayList<DynamicTest>();
    for (var method : List.of("HEAD", "OPTIONS", "TRACE", "XCHECK")) {
      var path = contains(method + " /shop" + PATH + " ");
      tests.add(hole(method, path, 200, METHODS, "let Gatehouse's filter be the first"));
      var absent = contains(method + " /shop/gatehouse-check-");
      tests.add(hole(method + " of an absent page", absent, 404, METHODS, "be the first"));
    }
    tests.add(hole("POST", contains("POST "), 204, METHODS, "be the first"));
    tests.add(hole("a page by POST", contains("POST "), 404, METHODS, "be the first"));
    var echo = Hole.echoing(contains("TRACE "));
    tests.add(hole("an echo", echo, METHODS, "allowTrace=\"false\""));
    return tests.stream();
  }

  @Test
  void namesTheAddressThatAnApplicationHasMovedTo() {
    try (var application = new LyingApplication("/shop")) {
      application.answerEverything(RawAnswer.redirect(301, "https://app.example/shop/"));

      assertIsNamed(check(application.url()), GUARD, "give that as --application");
    }
  }

  @TestFactory
  Stream<DynamicTest> endsSoonAndClearlyWhateverTheServerDoes() {
    var json = "{\"keys\":[]}";
    return Stream.of(
        everything("silence", BrokenAnswers.silence(), "no whole answer within 10000 ms"),
        everything("nothing", BrokenAnswers.nothing(), "closed without an answer"),
        everything("a reset", BrokenAnswers.reset(), "does not answer as it should"),
        everything(
            "garbage",
            to -> RawAnswer.repeat(to.getOutputStream(), new byte[1024], 50),
            "not HTTP"),
        everything("an endless body", BrokenAnswers.endlessChunks(), "answers 200"),
        everything("a long body", BrokenAnswers.longBody(10, true), "answers 200"),
        everything("a huge head", BrokenAnswers.hugeHead(500, json), "a head of more than 64 KiB"),
        everything(
            "interim answers",
            BrokenAnswers.interimAnswers("100 Continue", 20_000),
            "a head of more than 64 KiB"),
        everything("a loop", RawAnswer.redirect(302, "/shop/"), "A redirect is not followed"));
  }

  private DynamicTest everything(String name, RawAnswer answer, String text) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (var application = new LyingApplication("/shop")) {
            application.answerEverything(answer);
            var begin = Instant.now();

            var result = check(application.url());

            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
            assertIsNamed(result, GUARD, text);
            assertThat(application.received()).hasSizeLessThan(6);
          }
        });
  }

  @Test
  void namesADoorThatDoesNotAnswerAndTriesTheOthers() {
    try (var application = new LyingApplication("/shop")) {
      application.open(Hole.of(contains("Upgrade: websocket"), BrokenAnswers.silence()));

      var result = check(application.url(), "--path", PATH);

      assertIsNamed(result, WEB_SOCKET, "no whole answer within 10000 ms");
      assertThat(result.complaints("ok")).as(result.out()).hasSize(6);
    }
  }

  @Test
  void namesACertificateThatIsNotTrusted() {
    var result = check(surroundings.secureLiar().issuer());

    assertIsNamed(result, GUARD, "-Djavax.net.ssl.trustStore=FILE");
  }

  @Test
  void changesNothingAndStaysWithinTheApplication() {
    try (var application = new LyingApplication("/shop")) {
      var result = check(application.url(), "--path", PATH, "--path", "/a", "--path", "/b");

      assertThat(result.exitCode()).as(result.out()).isZero();
      assertThat(application.received()).hasSizeBetween(60, 80);
      assertThat(application.requests()).isLessThanOrEqualTo(80);
      assertThat(application.connectionsElsewhere()).isZero();
      for (var call : application.received()) {
        assertThat(call.target()).startsWith("/shop/");
        assertThat(call.body()).isEmpty();
        assertThat(call.head())
            .matches(
                "(?s)((GET|HEAD|OPTIONS|TRACE|XCHECK) |POST /shop/gatehouse-check-[0-9a-z]+ ).*")
            .doesNotContainIgnoringCase("cookie")
            .doesNotContainIgnoringCase("authorization:");
      }
    }
  }

  private DynamicTest hole(
      String name, Predicate<String> head, int status, String subject, String remedy) {
    return hole(name, Hole.of(head, status), subject, remedy);
  }

  private DynamicTest hole(String name, Hole hole, String subject, String remedy) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (var application = new LyingApplication("/shop")) {
            application.open(hole);

            assertIsNamed(check(application.url(), "--path", PATH), subject, remedy);
          }
        });
  }

  private static void assertIsNamed(Command.Result result, String subject, String remedy) {
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).as(result.out()).isEqualTo(1);
    var failed = result.complaints("fail");
    assertThat(failed).as(result.out()).isNotEmpty().allMatch(it -> subjectOf(it).equals(subject));
    assertThat(failed)
        .as(result.out())
        .anyMatch(it -> (it.getString("text") + it.getString("remedy")).contains(remedy))
        .allMatch(
            it -> !it.getString("remedy").isEmpty() && !it.getString("remedy").endsWith("..."));
  }

  private static String subjectOf(JsonObject finding) {
    return finding.getString("subject");
  }

  private static Predicate<String> contains(String text) {
    return it -> it.contains(text);
  }

  private static Predicate<String> get(String path) {
    return it -> it.startsWith("GET /shop" + path + " HTTP/1.1") && !it.contains("Upgrade");
  }

  private static Predicate<String> all() {
    return contains("");
  }

  /** Matches every request except those for the keys and, if the page is public, for the page. */
  private static Predicate<String> guards(boolean page) {
    return it -> !it.contains("/gatehouse/jwks") && (page || !it.startsWith("GET /shop/ "));
  }

  private static Predicate<String> program() {
    return contains("GET /shop/gatehouse-check-").and(contains("Accept: application/json"));
  }
}
