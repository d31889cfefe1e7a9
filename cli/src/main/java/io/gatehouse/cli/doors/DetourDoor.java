package io.gatehouse.cli.doors;

import io.gatehouse.cli.doors.Comparison.Absence;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import java.util.Optional;

/** Paths that leave the context and come back, which a container may read in two ways. */
final class DetourDoor {
  private static final String REMEDY =
      "On Open Liberty, set <webContainer com.ibm.ws.webcontainer.normalizerequesturi=\"true\"/> in"
          + " server.xml and restart the server, and update Gatehouse. On other servers: update the server and Gatehouse,"
          + " and let the proxy refuse such paths";

  private final Stranger stranger;
  private final Findings findings;
  private Optional<WebAnswer> elsewhere = Optional.empty();

  DetourDoor(Stranger stranger, Findings findings) {
    this.stranger = stranger;
    this.findings = findings;
  }

  void run(Ground ground) throws UnreachableException {
    var comparison = new Comparison();
    for (var dots : Detour.Dots.values()) {
      var detour = new Detour(stranger.application().context(), dots);
      if (ground.guardsAbsent()) {
        var target = detour.back(ground.absent());
        comparison.add("GET " + target, stranger.fetch(target), absence(dots));
      }
      // For the root application, the plain path itself is at the end of the detour.
      if (ground.keys().isPresent() && !stranger.application().context().isEmpty()) {
        keys(detour.astray(ground.keysPath()), ground.keys().get(), comparison);
      }
      for (var path : ground.named()) {
        page(detour, path, ground, comparison);
      }
    }
    comparison.report(
        findings,
        "paths that leave the context",
        "none reaches the application without a login",
        REMEDY);
  }

  // Some proxies and containers themselves answer 404 to an encoded path.
  private Absence absence(Detour.Dots dots) {
    return dots == Detour.Dots.PLAIN && !stranger.application().context().isEmpty()
        ? Absence.PASSED
        : Absence.UNCLEAR;
  }

  private void keys(String target, String keys, Comparison comparison) throws UnreachableException {
    var answer = stranger.fetch(target);
    if (answer.status() == 200 && answer.text().equals(keys)) {
      comparison.addPassed("GET %s reaches this application".formatted(target));
    } else {
      comparison.addHeld();
    }
  }

  private void page(Detour detour, String path, Ground ground, Comparison comparison)
      throws UnreachableException {
    var target = detour.astray(path);
    var answer = stranger.fetch(target);
    if (Verdict.of(answer) == Verdict.PAGE && isOfAnotherApplication(answer, ground)) {
      comparison.addHeld();
    } else {
      comparison.add("GET " + target, answer, Absence.HELD);
    }
  }

  // An application at the root may have a page for every path.
  private boolean isOfAnotherApplication(WebAnswer answer, Ground ground)
      throws UnreachableException {
    if (elsewhere.isEmpty()) {
      var plain = new Detour(stranger.application().context(), Detour.Dots.PLAIN);
      elsewhere = Optional.of(stranger.fetch(plain.astray(ground.absent())));
    }
    var other = elsewhere.get();
    return other.status() == answer.status() && other.text().equals(answer.text());
  }
}
