package io.gatehouse.it.containers.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.container.RawAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The holes that a test has found, all of them shown at its end. */
final class Faults {
  private static final int MAX_SHOWN = 60;

  private final Doors doors;
  private final Map<String, String> before;
  private final List<String> found = new ArrayList<>();
  private int tried;

  private Faults(Doors doors, Map<String, String> before) {
    this.doors = doors;
    this.before = before;
  }

  /** Begins to count the endpoints that strangers reach. */
  static Faults of(Doors doors) {
    return new Faults(doors, doors.counts());
  }

  /** Records an answer to a stranger, which must not show a marker. */
  void stranger(String request, int status, String answer) {
    tried++;
    if (answer.contains("SECRET")) {
      found.add(request + " -> " + status + " " + brief(answer));
    }
  }

  void stranger(String request, RawAnswer answer) {
    stranger(request, answer.status(), answer.head() + answer.body());
  }

  void add(String fault) {
    found.add(fault);
  }

  static String brief(String answer) {
    var at = Math.max(0, answer.indexOf("SECRET"));
    var text = answer.substring(at).strip().replace('\n', ' ');
    return text.substring(0, Math.min(text.length(), 100));
  }

  int tried() {
    return tried;
  }

  /** Verifies that no marker was shown, and that no endpoint ran. */
  void assertNone() {
    var after = doors.counts();
    after.forEach(
        (context, counts) -> {
          var counted = String.valueOf(before.get(context));
          if (!counts.equals(counted)) {
            found.add(
                "endpoints ran at "
                    + context
                    + "/:\n"
                    + counted.replace('\n', ' ')
                    + "\n"
                    + counts.replace('\n', ' '));
          }
        });
    assertThat(found.stream().limit(MAX_SHOWN)).as(found.size() + " of " + tried).isEmpty();
  }
}
