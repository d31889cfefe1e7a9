package io.gatehouse.cli.doors;

import io.gatehouse.cli.doors.Comparison.Absence;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.output.Findings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Other spellings of guarded paths. */
final class SpellingDoor {
  private static final String REMEDY =
      "In web.xml, map the filter to /* and not to single paths, name no wider public path in"
          + " gatehouse.public-paths, and update Gatehouse and the server. If a proxy decides who"
          + " has to log in, it has to read paths as the server does";

  private static final Map<String, UnaryOperator<String>> SPELLINGS =
      new TreeMap<>(
          Map.of(
              "//", it -> "/" + it,
              "/./", it -> "/." + it,
              ";x=1", it -> it + ";x=1",
              "%2e", it -> "/%2e" + it,
              "a slash at the end", it -> it + "/",
              "an encoded letter", SpellingDoor::withEncodedLetter,
              "another case", SpellingDoor::inOtherCase));

  private final Stranger stranger;
  private final Findings findings;

  SpellingDoor(Stranger stranger, Findings findings) {
    this.stranger = stranger;
    this.findings = findings;
  }

  void run(Ground ground) throws UnreachableException {
    var comparison = new Comparison();
    var paths = ground.named().isEmpty() ? List.of(ground.absent()) : ground.named();
    for (var path : paths) {
      for (var spelling : SPELLINGS.values()) {
        var target = stranger.application().target(spelling.apply(path));
        var absence = path.equals(ground.absent()) ? Absence.UNCLEAR : Absence.HELD;
        comparison.add("GET " + target, stranger.fetch(target), absence);
      }
    }
    comparison.report(findings, "spellings of a path", "none passes without a login", REMEDY);
  }

  private static String withEncodedLetter(String path) {
    return "/%%%02x".formatted((int) path.charAt(1)) + path.substring(2);
  }

  private static String inOtherCase(String path) {
    var other = new StringBuilder();
    path.chars()
        .map(
            it -> Character.isUpperCase(it) ? Character.toLowerCase(it) : Character.toUpperCase(it))
        .forEach(it -> other.append((char) it));
    return other.toString();
  }
}
