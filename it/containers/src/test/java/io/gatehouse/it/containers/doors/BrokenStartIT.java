package io.gatehouse.it.containers.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.RawAnswer;
import io.gatehouse.it.servers.container.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application whose start has failed serves nothing, and the log has the reason, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenStartIT {
  private static final int FEWEST_WAYS = 20;
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);
  private static final String CLOSED = "the application is closed: ";
  private static final List<Integer> REFUSALS = List.of(404, 500, 503);
  private static final String[] NAVIGATION = {
    "Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
  };
  private static final String[] HANDSHAKE = {
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  };

  /** The paths of a servlet, files, welcome files, public pages, and Gatehouse's own paths. */
  private static final List<String> PATHS =
      List.of(
          "/secret",
          "/some.door",
          "/second/some.door",
          "/boss/secret",
          "/file.txt",
          "/static/file.txt",
          "/",
          "/dir/",
          "/counts",
          "/open/dispatch?by=forward&to=/secret",
          "/error-page",
          "/WEB-INF/web.xml",
          "/gatehouse/jwks",
          "/gatehouse/login",
          "/gatehouse/callback");

  private static final List<String> MARKERS =
      List.of("SECRET", "PUBLIC welcome", "COUNTS", "OWN error", "\"keys\"");

  private final BrokenStarts starts = new BrokenStarts();
  private final Instant started = Instant.now();

  @AfterAll
  void end() {
    starts.close();
  }

  List<Slip> slips() {
    return starts.slips();
  }

  List<Slip.Accepted> accepted() {
    return starts.accepted();
  }

  @Tag("case-105")
  @Test
  void thereAreTwentyWays() {
    assertThat(slips()).hasSizeGreaterThanOrEqualTo(FEWEST_WAYS);
  }

  @Tag("case-105")
  @ParameterizedTest
  @MethodSource("slips")
  void aStartThatFailsServesNothing(Slip slip) {
    awaitMessage(slip);
    var faults = new ArrayList<String>();
    try (var connection = new RawHttp(starts.port())) {
      for (var path : PATHS) {
        for (var method : List.of("GET", "POST")) {
          for (var headers : List.of(NAVIGATION, new String[0])) {
            var answer = connection.send(method, "/" + slip.name() + path, headers);
            check(method + " " + path, answer, faults);
          }
        }
      }
    }
    try (var connection = new RawHttp(starts.port()).within(2000)) {
      var answer = connection.send("GET", "/" + slip.name() + "/ws/door", HANDSHAKE);
      check("handshake", answer, faults);
    }
    assertThat(faults).isEmpty();
  }

  private static void check(String request, RawAnswer answer, List<String> faults) {
    if (!REFUSALS.contains(answer.status()) || MARKERS.stream().anyMatch(answer.body()::contains)) {
      faults.add(request + " -> " + answer.brief());
    }
  }

  @Tag("case-105")
  @ParameterizedTest
  @MethodSource("slips")
  void aStartThatFailsSaysWhy(Slip slip) {
    awaitMessage(slip);

    assertThat(messages(slip)).as(slip.says().toString()).isPositive();
  }

  /** Ignores the lines that a container adds. */
  @Tag("case-105")
  @ParameterizedTest
  @MethodSource("slips")
  void aFilterThatIsClosedSaysWhyOnce(Slip slip) {
    awaitMessage(slip);
    var withTheSameMessage = slips().stream().filter(it -> it.says().equals(slip.says())).count();

    for (var message : slip.says()) {
      assertThat(count(CLOSED + message)).isLessThanOrEqualTo(withTheSameMessage);
    }
  }

  // Applications start side by side, and one that has not started yet serves nothing either.
  // WildFly starts a filter with its first request.
  private void awaitMessage(Slip slip) {
    var end = started.plus(MAX_WAIT);
    do {
      try (var connection = new RawHttp(starts.port())) {
        connection.send("GET", "/" + slip.name() + "/secret");
      }
      if (messages(slip) > 0) {
        return;
      }
      ServerProcess.pause();
    } while (Instant.now().isBefore(end));
  }

  private long messages(Slip slip) {
    return slip.says().stream().mapToLong(this::count).sum();
  }

  // A container may write the same to several files.
  private long count(String text) {
    return starts.server().logs().stream().mapToLong(it -> count(it, text)).max().orElse(0);
  }

  private static long count(String log, String text) {
    return log.lines().filter(it -> it.contains(text)).count();
  }

  @Tag("case-106")
  @ParameterizedTest
  @MethodSource("accepted")
  void whatIsAcceptedIsOpenAndAllElseIsGuarded(Slip.Accepted application) {
    var context = "/" + application.slip().name();
    assertThat(starts.server().shows(context, "/counts", "COUNTS", MAX_WAIT)).isTrue();
    try (var connection = new RawHttp(starts.port())) {
      for (var path : application.guarded()) {
        var answer = connection.send("GET", context + path, NAVIGATION);
        assertThat(answer.status()).as(path + " " + answer.brief()).isEqualTo(302);
        assertThat(answer.header("Location").orElse("")).startsWith(SmallWar.AUTHORIZE);
      }
      for (var path : application.open()) {
        var answer = connection.send("GET", context + path, NAVIGATION);
        assertThat(answer.body()).as(path + " " + answer.brief()).contains("SECRET");
      }
    }
  }

  @Tag("case-105")
  @Test
  void noMessageHasASecret() throws IOException {
    slips().forEach(this::awaitMessage);
    var ofKey = Files.readString(starts.keyFile()).lines().filter(it -> !it.startsWith("-"));

    assertThat(starts.server().log()).doesNotContain("CANARY").doesNotContain(ofKey.toList());
  }
}
