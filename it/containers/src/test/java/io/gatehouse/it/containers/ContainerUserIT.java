package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.LogFiles;
import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user of a request: with many simultaneous users, and for the lifetime of the session. */
@OnEveryContainer
class ContainerUserIT {
  private static final int REQUESTS = 30;

  private final URI page = Application.BARE.page("/who");
  private final Browser browser = new Browser();

  private static String subject(HttpResponse<String> answer) {
    return answer
        .body()
        .lines()
        .filter(it -> it.startsWith("subject "))
        .findFirst()
        .orElse(answer.statusCode() + " " + answer.body());
  }

  private static void assertLogin(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(Browser.location(answer).toString()).startsWith(Servers.standIn().issuer());
  }

  private void store(String as) {
    var stored = browser.send("POST", Application.BARE.page("/stored-tokens?as=" + as), "a=b");
    assertThat(stored.body()).contains("stored");
  }

  @Test
  @Tag("case-66")
  void isThatOfASessionThatWasStoredAndReadAgain() {
    var before = subject(browser.logIn(page, "auditor"));

    store("same");

    assertThat(subject(browser.get(page))).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newer", "older", "corrupt", "other-realm"})
  @Tag("case-64")
  @Tag("case-66")
  void isNobodysWhereTheStoredSessionCannotBeOurs(String as) {
    browser.logIn(page, "auditor");
    browser.send("POST", Application.BARE.page("/session"), "a=b");

    store(as);

    assertLogin(browser.get(page));
    assertThat(browser.get(Application.BARE.page("/open/session")).body())
        .as("what else is in the session")
        .contains("planted before login");
    assertThat(subject(browser.logIn(page, "auditor"))).startsWith("subject did:key:");
  }

  @Test
  @Tag("case-67")
  void isNobodysOnceTheSessionHasBeenIdleForTooLong() throws InterruptedException {
    browser.logIn(page, "auditor");
    browser.send("POST", Application.BARE.page("/idle"), "a=b");

    Thread.sleep(2_500); // the containers count in whole seconds

    assertLogin(browser.get(page));
  }

  /** Each user has a thread, and all share connections, so that the container's threads mix. */
  @Test
  @Tag("case-67")
  void isNeverAnothersHoweverManyAskAtOnce() throws Exception {
    var tasks = new ArrayList<Callable<List<String>>>();
    for (var person : List.of("product-manager", "auditor", "product-manager", "auditor")) {
      var user = new Browser();
      var own = subject(user.logIn(page, person));
      assertThat(own).startsWith("subject did:key:");
      tasks.add(() -> wrongAnswers(user, own, own));
    }
    assertThat(subject(new Browser().logIn(page, "auditor")))
        .as("two users")
        .isNotEqualTo(subject(new Browser().logIn(page, "product-manager")));
    for (int i = 0; i < 4; i++) {
      tasks.add(() -> wrongAnswers(new Browser(), "302", "subject null"));
    }
    var threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (var answers : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        assertThat(answers.get()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> wrongAnswers(Browser user, String expected, String inPublic) {
    var wrong = new ArrayList<String>();
    for (int i = 0; i < REQUESTS; i++) {
      for (var path :
          List.of("/who", "/async?by=thread", "/async?by=dispatch", "/fault?by=status")) {
        note(user, path, expected, wrong);
        note(user, "/open" + path.replace("by=dispatch", "by=thread"), inPublic, wrong);
      }
    }
    return wrong;
  }

  private static void note(Browser user, String path, String expected, List<String> wrong) {
    // no new login: the cookies of redirects would be kept, and become many
    var answer = user.get(Application.BARE.page(path));
    var seen = answer.statusCode() == 302 ? "302" : subject(answer);
    if (!seen.equals(expected) && !Container.mayLoseAnErrorPage(answer)) {
      wrong.add(path + ": " + seen);
    }
  }

  /** The tests connect from this machine, and no trusted proxy is configured. */
  @Test
  @Tag("case-92")
  void isNotMovedByForwardedHeaders() {
    var plain = Browser.location(browser.get(page)).toString();
    var forwarded =
        new Browser()
            .with("X-Forwarded-Host", "evil.example")
            .with("X-Forwarded-Proto", "https")
            .with("X-Forwarded-Port", "444")
            .with("X-Forwarded-Prefix", "/evil")
            .with("X-Forwarded-For", "192.0.2.1")
            .with("Forwarded", "for=192.0.2.1;host=evil.example;proto=https")
            .get(page);

    if (Container.believesForwardedHeaders()) { // to which the request is not from this machine
      assertThat(forwarded.statusCode()).isEqualTo(500);
      assertThat(forwarded.headers().map()).doesNotContainKeys("location", "set-cookie");
      return;
    }
    assertThat(requestUri(Browser.location(forwarded).toString()))
        .isEqualTo(requestUri(plain))
        .startsWith("http%3A%2F%2Flocalhost%3A" + Application.PORT + "%2Fbare%2F");
    assertThat(forwarded.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("gatehouse-")
        .doesNotContainIgnoringCase("; secure");
  }

  // Up to the handle, which is another each time.
  private static String requestUri(String location) {
    return location.replaceFirst(".*[?&]request_uri=", "").replaceFirst("request%2F.*", "");
  }

  /**
   * Some containers refuse so many or so long cookies; others treat the request as a stranger's.
   */
  @ParameterizedTest
  @ValueSource(ints = {30, 1_000, 20_000})
  @Tag("case-80")
  void isNobodysWithAFloodOfCookies(int count) {
    var cookies = new StringBuilder("Cookie: JSESSIONID=x");
    for (int i = 0; i < count; i++) {
      cookies.append("; gatehouse-").append(i).append("=").append(i);
    }
    var answer =
        RawRequest.send(
            "GET",
            "/bare/who",
            "Accept: text/html",
            "Sec-Fetch-Mode: navigate",
            cookies.toString());
    var status = answer.lines().findFirst().orElse("");
    if (count > 200 && Container.failsAtManyCookies()) {
      assertThat(status).startsWith("HTTP/1.1 500");
    } else {
      assertThat(status).matches("HTTP/1.1 (302|400|413|431).*");
    }
    assertThat(answer).doesNotContain("subject ").doesNotContain("Set-Cookie: JSESSIONID");
    assertThat(subject(browser.logIn(page, "auditor"))).startsWith("subject did:key:");
  }

  /** A pending request ends as it began; none causes an error in the container. */
  @Test
  @Tag("case-65")
  void isNobodysFromTheLogOutOnAndNoRequestFails() throws Exception {
    browser.logIn(page, "auditor");
    var log = new LogFiles(Servers.container()::logFiles).now();
    var threads = Executors.newFixedThreadPool(6);
    try {
      var asking = new ArrayList<Callable<List<Integer>>>();
      var underWay = new CountDownLatch(5);
      for (int i = 0; i < 5; i++) {
        asking.add(() -> statuses(copy(browser), underWay));
      }
      var leaving = copy(browser).with("Sec-Fetch-Site", "same-origin");
      asking.add(
          () -> {
            assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
            return List.of(
                leaving.send("POST", Application.BARE.page("/gatehouse/logout"), "").statusCode());
          });
      var answers = threads.invokeAll(asking, 60, TimeUnit.SECONDS);
      assertThat(answers.get(5).get()).containsExactly(303);
      var containersOwn = 0;
      for (var answered : answers.subList(0, 5)) {
        var some = withoutContainersOwn(answered.get());
        containersOwn += answered.get().size() - some.size();
        assertThat(some).containsOnly(200, 302).endsWith(302);
        assertThat(some.lastIndexOf(200)).isLessThan(some.indexOf(302));
      }
      assertFailedBeforeAnyFilter(containersOwn, log);
    } finally {
      threads.shutdownNow();
    }
    assertLogin(browser.get(page));
  }

  // One answer between the last page and the first redirect: from the moment of the logout.
  private static List<Integer> withoutContainersOwn(List<Integer> statuses) {
    var moment = statuses.lastIndexOf(200) + 1;
    if (!Container.mayFailWhileASessionEnds() || statuses.get(moment) != 500) {
      return statuses;
    }
    var rest = new ArrayList<>(statuses);
    rest.remove(moment);
    return rest;
  }

  // Each of them has its trace in the server's log, and no class of ours is in that.
  private static void assertFailedBeforeAnyFilter(int answers, LogFiles.Since log) {
    var end = Instant.now().plusSeconds(10);
    while (failures(log).size() < answers && Instant.now().isBefore(end)) {
      ServerProcess.pause();
    }
    assertThat(failures(log))
        .hasSize(answers)
        .allSatisfy(
            it ->
                assertThat(it)
                    .contains("UT000010: Session is invalid")
                    .doesNotContain("io.gatehouse"));
  }

  private static List<String> failures(LogFiles.Since log) {
    return log.texts().stream()
        .map(it -> List.of(it.split("(?=UT005023: )", -1)))
        .map(it -> it.subList(1, it.size()).stream().map(ContainerUserIT::trace).toList())
        .max(Comparator.comparingInt(List::size)) // one file may say what another says too
        .orElse(List.of());
  }

  private static String trace(String fromItOn) {
    return fromItOn
        .lines()
        .limit(1 + fromItOn.lines().skip(1).takeWhile(it -> it.startsWith("\t")).count())
        .collect(Collectors.joining("\n"));
  }

  private Browser copy(Browser original) {
    var copy = new Browser();
    copy.cookies(page).putAll(original.cookies(page));
    return copy;
  }

  // Until some redirects have come: then the logout was seen. No thread ends before each has a
  // page.
  private List<Integer> statuses(Browser user, CountDownLatch underWay) {
    var session = user.cookies(page).get("JSESSIONID");
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 2_000 && statuses.stream().filter(it -> it == 302).count() < 5; i++) {
      user.cookies(page).keySet().removeIf(it -> it.startsWith("gatehouse-"));
      user.cookies(page).put("JSESSIONID", session);
      statuses.add(user.get(page).statusCode());
      if (i == 0) {
        underWay.countDown();
      }
    }
    return statuses;
  }
}
