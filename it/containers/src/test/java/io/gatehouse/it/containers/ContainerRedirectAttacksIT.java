package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.attacks.RedirectTargets;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.container.RawAnswer;
import io.gatehouse.it.servers.container.RawHttp;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated addresses of another site, in every place that could name a return address: no redirect
 * or link leads to one, and no header repeats one.
 */
@OnEveryContainer
@Tag("case-14")
class ContainerRedirectAttacksIT {
  private static final String CONTEXT = Application.BARE.path();
  private static final List<String> ALL =
      List.copyOf(RedirectTargets.against(Application.AUTHORITY));
  // A share: each opening, each host and each encoding is in it, and not each with each.
  private static final List<String> TARGETS =
      IntStream.range(0, ALL.size()).filter(it -> it % 4 == 0).mapToObj(ALL::get).toList();
  private static final int EVERY = 41; // of the logins that are completed
  private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\"");
  private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");
  private static final String PAGE = "Accept: text/html";

  private final RawHttp connection = new RawHttp(Application.PORT);
  private final List<String> faults = new ArrayList<>();

  @AfterEach
  void noneLedElsewhere() {
    connection.close();
    assertThat(faults).isEmpty();
  }

  private static boolean isOneLine(String target) {
    return target.indexOf('\r') < 0 && target.indexOf('\n') < 0;
  }

  private static String inApplication(String target) {
    return CONTEXT + (target.startsWith("/") ? "" : "/") + target;
  }

  // Each name that software has for it: in one request, as none may count.
  private static String parameters(String target) {
    var parameters = new StringBuilder("x=1");
    for (var name :
        List.of(
            "return",
            "returnUrl",
            "redirect",
            "redirect_uri",
            "next",
            "url",
            "target_link_uri",
            "post_logout_redirect_uri",
            "continue",
            "RelayState",
            "iss",
            "id_token_hint")) {
      parameters.append('&').append(name).append('=').append(target);
    }
    return parameters.toString();
  }

  private RawAnswer checked(String what, RawAnswer answer) {
    var head = answer.head().replace("\r\n", "");
    if (head.contains("\r") || head.contains("\n")) {
      faults.add("a line of its own in the headers: " + what);
    }
    if (!answer.headers(RedirectTargets.HEADER).isEmpty()
        || answer.headers("Set-Cookie").stream().anyMatch(it -> it.contains("X-Injected"))) {
      faults.add("a header of the attacker's: " + what);
    }
    if (!answer.fault().isEmpty()) {
      faults.add(answer.brief() + ": " + what);
    }
    if (answer.body().contains("<script>") || answer.body().contains("<img ")) {
      faults.add("markup of the attacker's: " + what);
    }
    for (var name : List.of("Location", "Refresh", "Content-Location", "Link")) {
      answer.headers(name).stream()
          .filter(it -> !staysHere(it))
          .forEach(it -> faults.add(name + " " + it + ": " + what));
    }
    links(answer).stream()
        .filter(it -> !staysHere(it))
        .forEach(it -> faults.add("a link to " + it + ": " + what));
    return answer;
  }

  private static List<String> links(RawAnswer answer) {
    return LINK.matcher(answer.body())
        .results()
        .map(it -> it.group(1).replace("&quot;", "\"").replace("&#39;", "'"))
        .map(it -> it.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .filter(it -> !it.equals("https://jetty.org/")) // the foot of its own error pages
        .toList();
  }

  // As a browser reads it (WHATWG URL 4.4): strictly a path of the application, or the server.
  private static boolean staysHere(String address) {
    var read = address.replaceAll("[\t\r\n]", "").replaceAll("^[\\x00-\\x20]+", "");
    var path = read.replace('\\', '/');
    return path.isEmpty()
        || path.startsWith(Application.BARE.publicUrl() + "/")
        || path.equals(Application.BARE.publicUrl())
        || path.startsWith(Servers.standIn().issuer() + "/")
        || path.startsWith(Application.BARE.path() + "/");
  }

  private static boolean leadsToServer(RawAnswer answer) {
    return answer.header("Location").orElse("").startsWith(Servers.standIn().issuer() + "/");
  }

  // The page about the broken-off login leads to the page that the login was for, and has not used
  // up a login.
  private RawAnswer giveUp(String what, RawAnswer begun) {
    var state = STATE.matcher(begun.header("Location").orElseThrow());
    assertThat(state.find()).isTrue();
    var page =
        connection.send(
            "GET",
            CONTEXT
                + "/gatehouse/callback?error=access_denied&state="
                + state.group(1)
                + "&iss="
                + URLEncoder.encode(Servers.standIn().issuer(), StandardCharsets.UTF_8),
            PAGE,
            "Cookie: " + cookie(begun));
    assertThat(page.status()).as(what).isEqualTo(403);
    assertThat(links(page)).as(what).hasSize(1);
    return checked(what, page);
  }

  private static String cookie(RawAnswer answer) {
    return answer.headers("Set-Cookie").stream()
        .map(it -> it.replaceFirst(";.*", ""))
        .collect(Collectors.joining("; "));
  }

  @Test
  void noRequestedPathLeadsElsewhere() {
    var begun = 0;
    for (var target : TARGETS) {
      if (isOneLine(target)) {
        var path = inApplication(target);
        var answer = checked("path " + path, connection.send("GET", path, PAGE));
        if (leadsToServer(answer)) {
          giveUp("path " + path, answer);
          begun++;
        }
      }
    }
    assertThat(begun).as("logins that were begun").isPositive();
  }

  @Test
  void noQueryOfARequestedPageLeadsElsewhere() {
    var begun = 0;
    for (var target : TARGETS) {
      if (isOneLine(target)) {
        var path = CONTEXT + "/who?" + parameters(target);
        var answer = checked("query " + target, connection.send("GET", path, PAGE));
        if (leadsToServer(answer)) {
          giveUp("query " + target, answer);
          begun++;
        }
      }
    }
    assertThat(begun).as("logins that were begun").isPositive();
  }

  @Test
  void noParameterOfALinkToLogInLeadsElsewhere() {
    for (var target : TARGETS) {
      if (isOneLine(target)) {
        var path = CONTEXT + "/gatehouse/login?" + parameters(target);
        var answer = checked("login " + target, connection.send("GET", path, PAGE));
        if (leadsToServer(answer)) {
          var page = giveUp("login " + target, answer);
          assertThat(links(page)).containsExactly(Application.BARE.publicUrl() + "/");
        }
      }
    }
  }

  @Test
  void noParameterOfALogOutLeadsElsewhere() {
    var own = "Sec-Fetch-Site: same-origin";
    for (var target : TARGETS) {
      if (isOneLine(target)) {
        var parameters = parameters(target);
        var logout = CONTEXT + "/gatehouse/logout";
        checked(
            "logout " + target, connection.post(logout + "?" + parameters, parameters, PAGE, own));
        for (var path : List.of("/gatehouse/logged-out", "/gatehouse/frontchannel-logout")) {
          checked(
              path + " " + target,
              connection.send("GET", CONTEXT + path + "?state=" + target + "&" + parameters, PAGE));
        }
      } else {
        checked(
            "logout form " + target,
            connection.post(CONTEXT + "/gatehouse/logout", parameters(target), PAGE, own));
      }
    }
  }

  @Test
  void noParameterOfACallbackLeadsElsewhere() {
    for (var target : TARGETS) {
      if (isOneLine(target)) {
        var path =
            CONTEXT + "/gatehouse/callback?state=" + target + "&code=" + target + "&error_uri=";
        checked("callback " + target, connection.send("GET", path + target, PAGE));
      }
    }
  }

  @Test
  @Tag("case-16")
  @Tag("case-92")
  void noHeaderLeadsElsewhere() {
    for (var target : TARGETS) {
      if (isOneLine(target)) {
        for (var path : List.of("/who", "/gatehouse/logged-out")) {
          checked(
              "headers " + target,
              connection.send(
                  "GET",
                  CONTEXT + path,
                  PAGE,
                  "X-Forwarded-Host: " + target,
                  "X-Forwarded-Server: " + target,
                  "X-Forwarded-Proto: " + target,
                  "X-Forwarded-Port: " + target,
                  "X-Forwarded-Prefix: " + target,
                  "X-Original-URL: " + target,
                  "X-Rewrite-URL: " + target,
                  "Forwarded: host=" + target + ";proto=" + target,
                  "Referer: " + target,
                  "Origin: " + target));
        }
        checked(
            "host " + target, connection.send("GET", CONTEXT + "/who", PAGE, "Host: " + target));
      }
    }
  }

  @Test
  void wholeLogInsEndOnTheOwnOrigin() {
    var ended = 0;
    for (var i = 0; i < TARGETS.size(); i += EVERY) {
      var target = TARGETS.get(i);
      if (isOneLine(target)) {
        var path = CONTEXT + "/who?next=" + target;
        var begun = checked(path, connection.send("GET", path, PAGE));
        if (leadsToServer(begun)) {
          end(path, begun);
          ended++;
        }
      }
    }
    assertThat(ended).as("logins").isPositive();
  }

  private void end(String what, RawAnswer begun) {
    var browser = new Browser();
    for (var pair : cookie(begun).split("; ", -1)) {
      var cookie = pair.split("=", 2);
      browser.cookies(Application.BARE.page("/")).put(cookie[0], cookie[1]);
    }
    var wallet = browser.get(URI.create(begun.header("Location").orElseThrow()));
    var back = browser.choose(browser.follow(wallet), "auditor");
    var landed = browser.get(Browser.location(back));

    assertThat(landed.statusCode()).as(what).isEqualTo(303);
    assertThat(landed.headers().firstValue("Location"))
        .hasValueSatisfying(
            it -> {
              assertThat(it).as(what).startsWith(Application.BARE.publicUrl() + "/");
            });
    logOut(what, browser);
  }

  // A logged-in user is redirected to the authorization server, and returns to our own page.
  private void logOut(String what, Browser browser) {
    var again =
        browser.get(Application.BARE.page("/gatehouse/login?" + "next=https://evil.example/"));
    assertThat(again.headers().firstValue("Location")).hasValue(Application.BARE.publicUrl() + "/");
    var out =
        browser
            .with("Sec-Fetch-Site", "same-origin")
            .send(
                "POST",
                Application.BARE.page("/gatehouse/logout"),
                "post_logout_redirect_uri=https://evil.example/");
    assertThat(out.headers().firstValue("Location").filter(it -> staysHere(it)))
        .as(what)
        .isPresent();
  }
}
