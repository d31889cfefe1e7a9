package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import java.util.ArrayList;
import java.util.List;

/** The answers at one door to requests whose plain form asks for a login. */
final class Comparison {
  private static final int MAX_NAMED = 3;

  private final List<String> passed = new ArrayList<>();
  private final List<String> unclear = new ArrayList<>();
  private int held;

  /** The meaning of 404. */
  enum Absence {
    /** The request has passed the guard, which asks for a login before any lookup of the path. */
    PASSED,
    /** The request has passed the guard, or a proxy has refused it. */
    UNCLEAR,
    /** Another application or the container has refused the request. */
    HELD
  }

  /** Records an answer to a request. */
  void add(String request, WebAnswer answer, Absence absence) {
    var what = request + " answers " + answer.inShort();
    switch (Verdict.of(answer)) {
      case PAGE -> passed.add(what);
      case NOT_FOUND -> {
        switch (absence) {
          case PASSED -> passed.add(what);
          case UNCLEAR -> unclear.add(what);
          case HELD -> held++;
        }
      }
      case ERROR, UNAVAILABLE -> unclear.add(what);
      case LOGIN, REFUSED, REDIRECT -> held++;
    }
  }

  /** Records an answer that proves by itself that the request passed. */
  void addPassed(String what) {
    passed.add(what);
  }

  void addHeld() {
    held++;
  }

  /** Returns whether every request was refused or asked for a login. */
  boolean isHeld() {
    return passed.isEmpty() && unclear.isEmpty();
  }

  /**
   * Writes one finding.
   *
   * @param ok the text if every request was refused or asked for a login
   * @param remedy the container setting, mapping or version to change
   */
  void report(Findings findings, String subject, String ok, String remedy) {
    if (!passed.isEmpty()) {
      findings.fail(subject, "open without a login: " + list(passed), remedy);
    } else if (!unclear.isEmpty()) {
      findings.warn(
          subject,
          "may have passed the guard: " + list(unclear),
          "Look in the logs for these requests. If the application has received one: " + remedy);
    } else {
      findings.ok(subject, "%s (%d requests)".formatted(ok, held));
    }
  }

  private static String list(List<String> requests) {
    var named = String.join("; ", requests.subList(0, Math.min(MAX_NAMED, requests.size())));
    var more = requests.size() - MAX_NAMED;
    return more > 0 ? named + "; and %d more".formatted(more) : named;
  }
}
