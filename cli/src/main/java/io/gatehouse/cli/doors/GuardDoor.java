package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plain requests for the application's own pages; finds those that ask for a login. */
final class GuardDoor {
  private static final String SUBJECT = "guard";
  private static final String MAPPING =
      "In web.xml, map the filter to every path: <filter-mapping><filter-name>gatehouse"
          + "</filter-name><url-pattern>/*</url-pattern></filter-mapping>. A mapping to / or to a"
          + " servlet-name covers less. If gatehouse.public-paths is /*, name the public paths"
          + " one by one";
  private static final String MISSING =
      "Check the context path in --application, that WEB-INF/lib has gatehouse-filter and web.xml"
          + " the filter, mapped to /*, and that the application's log has the line \"Gatehouse is"
          + " on\". If its start failed, the log says why; an old version of Gatehouse may then"
          + " leave the application open: update it";

  private final Stranger stranger;
  private final String keysPath;
  private final Findings findings;
  private final String absent;

  /**
   * Creates the door.
   *
   * @param keysPath the path of the application's keys
   */
  GuardDoor(Stranger stranger, String keysPath, Findings findings) {
    this.stranger = stranger;
    this.keysPath = keysPath;
    this.findings = findings;
    this.absent = stranger.absentPath();
  }

  /** Tries the first page, a path that cannot exist and the paths that the user has named. */
  Ground run(List<String> named) throws UnreachableException {
    var page = stranger.open("/");
    if (page.status() == 0) {
      throw UnreachableException.closed(stranger.application().origin());
    }
    var absentPage = stranger.open(absent);
    var keys = keys();
    var guarded = new ArrayList<String>();
    if (judge(page, absentPage, keys.isPresent())) {
      guarded.addAll(guardedForPrograms());
    }
    for (var path : named) {
      if (asksForLogin(path)) {
        guarded.add(path);
      }
    }
    return new Ground(absent, guarded, Verdict.of(page) == Verdict.LOGIN, keysPath, keys);
  }

  private Optional<String> keys() throws UnreachableException {
    var answer = stranger.fetch(stranger.application().target(keysPath));
    var areKeys =
        answer
            .json()
            .map(it -> it.get("keys"))
            .filter(it -> it.getValueType() == JsonValue.ValueType.ARRAY)
            .isPresent();
    return answer.status() == 200 && areKeys ? Optional.of(answer.text()) : Optional.empty();
  }

  private boolean judge(WebAnswer page, WebAnswer absentPage, boolean runs) {
    var text = texts(page, absentPage);
    switch (Verdict.of(absentPage)) {
      case LOGIN -> {
        guarded(page, text, runs);
        return true;
      }
      case UNAVAILABLE -> closed(text, runs);
      case REDIRECT -> moved(text, absentPage);
      case ERROR -> failed(text);
      case PAGE, NOT_FOUND, REFUSED -> {
        if (runs) {
          findings.fail(
              SUBJECT, "open: " + text + ". Gatehouse runs, but does not guard this path", MAPPING);
        } else {
          findings.fail(SUBJECT, "open: " + text + ". Gatehouse does not run here", MISSING);
        }
      }
    }
    return false;
  }

  private String texts(WebAnswer page, WebAnswer absentPage) {
    var application = stranger.application();
    return "%s/ answers %s; %s, which cannot exist, answers %s"
        .formatted(application, page.inShort(), application.target(absent), absentPage.inShort());
  }

  private void guarded(WebAnswer page, String text, boolean runs) {
    var verdict = Verdict.of(page);
    if (!runs) {
      findings.warn(
          SUBJECT,
          text
              + ". Something asks for a login, but %s does not have Gatehouse's keys"
                  .formatted(stranger.application().target(keysPath)),
          "If gatehouse.path is set, name the configuration by --config. If Gatehouse should"
              + " guard the application, see that its filter comes first in web.xml");
    } else if (verdict == Verdict.LOGIN || verdict == Verdict.PAGE) {
      var state = verdict == Verdict.LOGIN ? "asks for a login" : "is public";
      findings.ok(
          SUBJECT,
          "%s/ %s (%d), a path that cannot exist asks for a login, and Gatehouse runs here"
              .formatted(stranger.application(), state, page.status()));
    } else if (verdict == Verdict.ERROR || verdict == Verdict.UNAVAILABLE) {
      findings.warn(SUBJECT, text, "The public page / fails: look in the application's log");
    } else {
      findings.ok(SUBJECT, text + ". Gatehouse runs");
    }
  }

  private void closed(String text, boolean runs) {
    if (runs) {
      findings.fail(
          SUBJECT,
          "closed: " + text + ". Gatehouse runs, but cannot begin a login",
          "The application's log has the reason: the authorization server cannot be reached");
    } else {
      findings.fail(
          SUBJECT,
          "closed: " + text + ". The start of Gatehouse or of the application failed",
          "The application's log has a message of Gatehouse from the start that names what is"
              + " wrong: correct it, and start the application again");
    }
  }

  private void moved(String text, WebAnswer absentPage) {
    var location = absentPage.header("Location");
    var other = !location.startsWith("/") && !location.startsWith(stranger.application() + "/");
    findings.fail(
        SUBJECT,
        "not checked: " + text + ". A redirect is not followed",
        other
            ? "If the application is at the address of the redirect, give that as --application"
            : "A login has to begin at the path itself: is another filter or a rule of a proxy"
                + " before Gatehouse?");
  }

  private void failed(String text) {
    findings.fail(
        SUBJECT,
        "not guarded as it should be: " + text,
        "The application's log has the reason: something fails before Gatehouse asks for a login");
  }

  private List<String> guardedForPrograms() throws UnreachableException {
    var answer = stranger.fetch(stranger.application().target(absent));
    if (Verdict.of(answer) == Verdict.LOGIN) {
      return List.of(absent);
    }
    findings.fail(
        SUBJECT,
        "open to programs: %s asks a person for a login, and answers a program %s"
            .formatted(stranger.application().target(absent), answer.inShort()),
        "Is another filter before Gatehouse in web.xml, or a proxy that passes some requests on?"
            + " Gatehouse has to be the first filter");
    return List.of();
  }

  private boolean asksForLogin(String path) throws UnreachableException {
    var target = stranger.application().target(path);
    var answer = stranger.fetch(target);
    switch (Verdict.of(answer)) {
      case LOGIN -> {
        return true;
      }
      case PAGE ->
          findings.fail(
              SUBJECT,
              "open without a login: GET %s answers %s".formatted(target, answer.inShort()),
              "If the path is not meant to be public, remove it from gatehouse.public-paths, and"
                  + " map the filter to /* in web.xml");
      default ->
          findings.warn(
              SUBJECT,
              "GET %s answers %s and asks for no login".formatted(target, answer.inShort()),
              "Is the path right, and should it be in gatehouse.public-paths?");
    }
    return false;
  }
}
