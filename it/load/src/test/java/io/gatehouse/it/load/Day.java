package io.gatehouse.it.load;

import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The events of an application's day, in a few minutes: users who log in, stay and leave,
 * strangers, people who are refused or bypass the filter, and an authorization server that hangs
 * for a while.
 */
final class Day {
  private static final int USERS = 40;
  private static final String OWN = Application.PATH + "/gatehouse";
  private static final URI PAGE = URI.create(Application.PATH + "/page");

  // Each is another reason to refuse.
  private static final List<BiConsumer<Visitor, URI>> REFUSED =
      List.of(
          (visitor, begun) -> visitor.ask(callback("error=access_denied", begun)),
          (visitor, begun) -> visitor.ask(callback("code=of-nobody", begun)),
          (visitor, begun) -> visitor.ask(URI.create(OWN + "/callback?code=x&state=made-up")),
          (visitor, begun) -> visitor.ask(URI.create(OWN + "/request/made-up")),
          (visitor, begun) -> visitor.post(OWN + "/logout", "cross-site", ""),
          (visitor, begun) ->
              visitor.post(OWN + "/backchannel-logout", "none", "logout_token=made-up"));

  private final LoadedServer server;
  private final Instant begin = Instant.now();
  private final Instant end;
  private final AtomicInteger logIns = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private Day(LoadedServer server, Duration length) {
    this.server = server;
    this.end = begin.plus(length);
  }

  /** Simulates the day; about in the middle, the authorization server hangs for an eighth of it. */
  static Day live(LoadedServer server, Duration length) {
    var day = new Day(server, length);
    var people = Executors.newFixedThreadPool(USERS + 4);
    try {
      var lives =
          Stream.concat(
                  IntStream.range(0, USERS)
                      .mapToObj(it -> day.repeated(new Random(it), Duration.ZERO, day::user)),
                  Stream.of(
                      day.repeated(new Random(), Duration.ofSeconds(3), day::stranger),
                      day.repeated(new Random(), Duration.ofSeconds(2), day::refused),
                      day.repeated(new Random(), Duration.ofSeconds(5), day::pastTheFilter),
                      day.hanging()))
              .toList();
      for (var life : people.invokeAll(lives)) {
        life.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      people.shutdownNow();
    }
    return day;
  }

  Instant begin() {
    return begin;
  }

  Instant end() {
    return end;
  }

  /** Returns the number of successful logins. */
  int logIns() {
    return logIns.get();
  }

  /** Returns the number of failed logins. */
  int failures() {
    return failures.get();
  }

  private boolean isOver() {
    return !Instant.now().isBefore(end);
  }

  private Callable<Void> repeated(Random random, Duration pause, BiConsumer<Visitor, Random> life) {
    return () -> {
      while (!isOver()) {
        try (var connection = new Connection(server.port())) {
          life.accept(new Visitor(server, connection), random);
        }
        pause(pause);
      }
      return null;
    };
  }

  private Callable<Void> hanging() {
    return () -> {
      var length = Duration.between(begin, end);
      ServerProcess.pauseUntil(begin.plus(length.dividedBy(2)));
      server.approving().hang();
      ServerProcess.pauseUntil(begin.plus(length.dividedBy(8).multipliedBy(5)));
      server.approving().recover();
      return null;
    };
  }

  // Logs in, reads pages, and logs out, is logged out by the authorization server, or stays too
  // long.
  private void user(Visitor visitor, Random random) {
    var subject = "user-" + random.nextInt();
    try {
      visitor.logIn(subject, Duration.ofMillis(300 + random.nextInt(6000)));
    } catch (IllegalStateException notServed) {
      failures.incrementAndGet();
      pause(Duration.ofSeconds(1 + random.nextInt(3)));
      return;
    }
    logIns.incrementAndGet();
    var kind = random.nextInt(4);
    var leaves = Instant.now().plusSeconds(kind == 0 ? 80 : 5 + random.nextInt(25));
    while (!isOver() && Instant.now().isBefore(leaves)) {
      if (visitor.ask(PAGE).status() != 200) {
        return; // the session is over
      }
      pause(Duration.ofMillis(800));
    }
    if (kind == 1) {
      var form = "logout_token=" + server.approving().logoutToken(subject);
      visitor.post(OWN + "/backchannel-logout", "none", form);
      visitor.ask(PAGE);
    } else {
      visitor.post(OWN + "/logout", "same-origin", "");
    }
  }

  private void stranger(Visitor visitor, Random random) {
    visitor.ask(PAGE);
  }

  private void pastTheFilter(Visitor visitor, Random random) {
    visitor.ask(URI.create(HoleValve.PATH));
  }

  private void refused(Visitor visitor, Random random) {
    var begun = URI.create(visitor.ask(PAGE).header("Location"));
    REFUSED.get(random.nextInt(REFUSED.size())).accept(visitor, begun);
  }

  /**
   * Returns the address to which the authorization server would redirect the browser, with the
   * state that it received.
   */
  private static URI callback(String answer, URI begun) {
    var state =
        Stream.of(begun.getRawQuery().split("&", -1))
            .filter(it -> it.startsWith("state="))
            .findFirst()
            .orElseThrow();
    return URI.create(OWN + "/callback?" + answer + "&" + state);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
