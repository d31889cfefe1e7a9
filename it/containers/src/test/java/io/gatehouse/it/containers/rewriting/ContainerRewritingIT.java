package io.gatehouse.it.containers.rewriting;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.containers.Application;
import io.gatehouse.it.containers.Container;
import io.gatehouse.it.containers.OnEveryContainer;
import io.gatehouse.it.containers.Servers;
import io.gatehouse.it.containers.rewriting.Message.Part;
import io.gatehouse.it.containers.rewriting.Message.Place;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.LogFiles;
import io.gatehouse.it.servers.container.RawAnswer;
import io.gatehouse.it.servers.container.RawHttp;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A proxy on the way to the application rewrites each part of each request of a login, one change
 * at a time. Whatever it makes of the request: the person is logged in as themselves or not at all,
 * a session ends or lives as the answer says, and the answer tells nothing.
 */
@OnEveryContainer
@Tag("case-124")
class ContainerRewritingIT {
  private static final String SESSION = "JSESSIONID";
  private static final Application APPLICATION = Application.PATHS;

  private final URI page = APPLICATION.page("/who");
  private final RawHttp connection = new RawHttp(APPLICATION.port());
  private final Browser other = new Browser();
  private final String othersSubject = subject(other.logIn(page, "product-manager").body());
  private final LogFiles.Since log = new LogFiles(() -> Servers.container().logFiles()).now();
  private final Set<String> secrets = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  @AfterEach
  void noFaultsWereFound() {
    connection.close();
    for (var text : log.texts()) {
      secrets.stream().filter(text::contains).forEach(it -> faults.add("in a log: " + it));
    }
    assertThat(faults).isEmpty();
    assertThat(other.get(page).body()).as("the other user").contains(othersSubject);
  }

  private static String subject(String body) {
    return body.lines()
        .filter(it -> it.startsWith("subject did:"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no user is logged in: " + body));
  }

  private void check(String what, boolean isRight) {
    if (!isRight) {
      faults.add(what);
    }
  }

  private Message message(String method, URI address, Browser browser) {
    var parameters = new ArrayList<Part>();
    var query = address.getRawQuery();
    if (query != null) {
      Arrays.stream(query.split("&", -1))
          .map(it -> it.split("=", 2))
          .forEach(it -> parameters.add(new Part(it[0], it[1])));
    }
    var cookies = new ArrayList<Part>();
    browser.cookies(page).forEach((name, value) -> cookies.add(new Part(name, value)));
    cookies.removeIf(it -> it.name().endsWith("-tries"));
    return new Message(
        method,
        address.getRawPath(),
        parameters,
        cookies,
        List.of(
            new Part("Host", "localhost:" + APPLICATION.port()),
            new Part("Accept", "text/html"),
            new Part("Sec-Fetch-Mode", "navigate"),
            new Part("Sec-Fetch-Dest", "document"),
            new Part("Sec-Fetch-Site", "same-origin"),
            new Part("Origin", "http://localhost:" + APPLICATION.port())));
  }

  private static Map<String, String> cookies(RawAnswer answer) {
    var cookies = new LinkedHashMap<String, String>();
    for (var line : answer.headers("Set-Cookie")) {
      var pair = line.replaceFirst(";.*", "").split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return cookies;
  }

  // What holds for the answer to any request, however it was rewritten.
  private RawAnswer safe(String what, Message sent, Set<String> secretOfRequest) {
    var answer = sent.send(connection);
    var seen = what + ": " + answer.brief();
    check(seen, answer.fault().isEmpty());
    // 501 and 505 are the containers' own, for the method and the version.
    check(
        seen,
        answer.status() < 500
            || answer.status() == 501
            || Container.failsBeforeFilters(sent.path()));
    check(seen + " tells of our code", !answer.body().contains("io.gatehouse"));
    check(seen + " has an injected header", answer.headers("X-Injected").isEmpty());
    for (var secret : secretOfRequest) {
      check(
          seen + " repeats a secret",
          !answer.body().contains(secret) || Container.repeatsWhatItRefuses(answer.body()));
    }
    for (var location : answer.headers("Location")) {
      var isOurs =
          location.startsWith(APPLICATION.publicUrl() + "/")
              || location.startsWith(APPLICATION.path() + "/")
              || location.startsWith(Servers.standIn().issuer() + "/");
      check(seen + " leads to " + location, isOurs);
    }
    secrets.addAll(secretOfRequest);
    return answer;
  }

  private void sessionIs(String what, String session, String subject) {
    var browser = new Browser();
    browser.cookies(page).put(SESSION, session);
    check(what + " is another user's", browser.get(page).body().contains(subject));
  }

  private Message callback(Browser browser, String person) {
    var landed = browser.choose(browser.open(page), person);
    return message("GET", Browser.location(landed), browser);
  }

  @Test
  void aStrangerStaysOne() {
    var visit = message("GET", page, new Browser());
    for (var rewriting : Rewriting.of(visit)) {
      var sent = rewriting.change().apply(visit, () -> visit);

      var answer = safe(rewriting.what(), sent, Set.of());

      check(rewriting.what() + " is let in", !answer.body().contains("subject did:"));
      check(rewriting.what() + " has a session", !cookies(answer).containsKey(SESSION));
    }
  }

  @Test
  void aLogInEndsAsTheOwnUserOrNotAtAll() {
    var auditor = subject(new Browser().logIn(page, "auditor").body());
    for (var rewriting : Rewriting.of(callback(new Browser(), "auditor"))) {
      var own = callback(new Browser(), "auditor");
      Supplier<Message> others = () -> callback(new Browser(), "product-manager");
      var sent = rewriting.change().apply(own, others);

      var answer = safe(rewriting.what(), sent, secretsOf(own));

      var session = cookies(answer).get(SESSION);
      check(
          rewriting.what() + ": a session beside " + answer.brief(),
          answer.status() == 303 == (session != null));
      if (session != null) {
        secrets.add(session);
        sessionIs(rewriting.what(), session, auditor);
      }
    }
  }

  private static Set<String> secretsOf(Message callback) {
    return Set.of(
        callback.value(Place.PARAMETERS, "code"), callback.value(Place.PARAMETERS, "state"));
  }

  private static String session(Message message) {
    return Container.sessionId(message.value(Place.COOKIES, SESSION)).toLowerCase(Locale.ROOT);
  }

  @Test
  void aPageIsForTheUserWhoseSessionIsInTheRequest() {
    var browser = new Browser();
    var auditor = subject(browser.logIn(page, "auditor").body());
    var visit = message("GET", page, browser);
    var session = session(visit);
    var othersSession = session(message("GET", page, other));
    for (var rewriting : Rewriting.of(visit)) {
      var sent = rewriting.change().apply(visit, () -> message("GET", page, other));
      var cookie = sent.cookies().toString().toLowerCase(Locale.ROOT);

      var answer = safe(rewriting.what(), sent, Set.of(visit.value(Place.COOKIES, SESSION)));

      check(
          rewriting.what() + ": the user's page",
          !answer.body().contains(auditor) || cookie.contains(session));
      check(
          rewriting.what() + ": the other user's page",
          !answer.body().contains(othersSubject) || cookie.contains(othersSession));
      check("after " + rewriting.what(), browser.get(page).body().contains(auditor));
    }
  }

  @Test
  void aLogOutEndsTheSessionOrSaysThatItDoesNot() {
    var logout = APPLICATION.page("/gatehouse/logout");
    var browser = new Browser();
    for (var rewriting : Rewriting.of(logOut(logout, new Browser()))) {
      if (browser.get(page).statusCode() != 200) {
        browser = new Browser();
        browser.logIn(page, "auditor");
      }
      // A session of its own: whoever has the cookie may log out.
      Supplier<Message> others = () -> logOut(logout, new Browser());
      var sent = rewriting.change().apply(logOut(logout, browser), others);

      var answer = safe(rewriting.what(), sent, Set.of());

      var lives = browser.get(page).statusCode() == 200;
      // Of two session cookies the container takes one, for each request alike.
      var isSame =
          sent.cookies().equals(logOut(logout, browser).cookies())
              && sent.headers().stream().noneMatch(it -> it.name().equals("Cookie"));
      check(
          rewriting.what() + ": " + answer.brief() + ", and the session lives: " + lives,
          lives ? answer.status() != 303 || !isSame : answer.status() == 303);
    }
  }

  private Message logOut(URI logout, Browser browser) {
    if (browser.cookies(page).get(SESSION) == null) {
      browser.logIn(page, "product-manager");
    }
    return message("POST", logout, browser);
  }

  @Test
  void aRequestObjectIsTheOneThatWasAskedFor() {
    var redirect = new Browser().get(page);
    var query = Browser.location(redirect).getRawQuery();
    var address =
        URI.create(
            URLDecoder.decode(
                query.replaceFirst(".*request_uri=([^&]+).*", "$1"), StandardCharsets.UTF_8));
    var fetch = message("GET", address, new Browser());
    var claims = claims(fetch.send(connection).body());
    assertThat(claims).contains(".");
    for (var rewriting : Rewriting.of(fetch)) {
      var sent = rewriting.change().apply(fetch, () -> fetch);

      var answer = safe(rewriting.what(), sent, Set.of());

      check(
          rewriting.what() + ": " + answer.brief(),
          answer.status() != 200
              || answer.body().isEmpty()
              || claims(answer.body()).equals(claims));
      check(rewriting.what() + " gets a cookie", cookies(answer).isEmpty());
    }
  }

  // Each fetch may be signed anew.
  private static String claims(String object) {
    return object.substring(0, Math.max(object.lastIndexOf('.'), 0));
  }
}
