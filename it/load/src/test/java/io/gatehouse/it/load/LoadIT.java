package io.gatehouse.it.load;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages and redirects per second with Gatehouse before the page, with other libraries, and with
 * nothing. Results that depend on the machine are reported and not asserted.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoadIT {
  private static final Duration ROUND = Scale.seconds(5);
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 7;
  private static final int CONNECTIONS = Integer.getInteger("load.connections", 8);
  private static final int USERS = 100;
  private static final int OK = 200;
  private static final int FOUND = 302;

  // As long as a session's is, so that bare Tomcat has the same to read.
  private static final String INVENTED_COOKIE = "JSESSIONID=0123456789ABCDEF0123456789ABCDEF";

  @TempDir private static Path directory;

  private static final Map<Variant, List<String>> PAGES = new EnumMap<>(Variant.class);
  private static final List<LoadedServer> SERVERS = new ArrayList<>();
  private static ApprovingServer approving;
  private static @Nullable Comparison pages;

  private final Load load = new Load(CONNECTIONS, ROUND);

  @BeforeAll
  static void start() {
    Report.write("machine", Machine.said());
    Cores.find().takeGenerators();
    approving = ApprovingServer.start(Duration.ofDays(1));
    var gatehouse = LoadedServer.start(directory, Variant.GATEHOUSE, approving, List.of());
    SERVERS.add(gatehouse);
    var location = "-D" + Application.LOCATION + "=" + locationLength(gatehouse);
    SERVERS.add(0, LoadedServer.start(directory, Variant.BARE, approving, List.of(location)));
    SERVERS.add(LoadedServer.start(directory, Variant.PAC4J, approving, List.of()));
    SERVERS.add(LoadedServer.start(directory, Variant.SPRING, approving, List.of()));
    SERVERS.add(1, LoadedServer.start(directory, Variant.SESSION, approving, List.of()));
    for (var server : SERVERS) {
      PAGES.put(server.variant(), pages(server));
    }
  }

  private static int locationLength(LoadedServer server) {
    try (var connection = new Connection(server.port())) {
      return connection.send(server.anonymous()).header("Location").length();
    }
  }

  private static List<String> pages(LoadedServer server) {
    if (server.variant() == Variant.BARE) {
      return List.of(server.get(Application.PATH + "/page", INVENTED_COOKIE));
    }
    var pages = new ArrayList<String>();
    try (var connection = new Connection(server.port())) {
      for (int i = 0; i < USERS; i++) {
        pages.add(page(server, connection, "user-" + i));
      }
    }
    return pages;
  }

  private static String page(LoadedServer server, Connection connection, String subject) {
    if (server.variant() == Variant.SESSION) {
      var path = Application.PATH + "/page";
      return server.get(path, connection.send(server.get(path, "")).sessionCookie());
    }
    var visitor = new Visitor(server, connection);
    visitor.logIn(subject);
    return visitor.page();
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(LoadedServer::close);
    approving.close();
  }

  @Test
  @Order(1)
  void pagesOfUsers() {
    var comparison =
        Comparison.of(
            SERVERS,
            WARM_UP,
            ROUNDS,
            it -> load.send(it, OK, PAGES.getOrDefault(it.variant(), List.of())));
    Report.write("pages", comparison.table("pages"));
    pages = comparison;
  }

  @Test
  @Order(2)
  void redirectsOfStrangers() {
    var comparison = Comparison.of(redirecting(), WARM_UP, ROUNDS, this::redirects);
    Report.write("redirects", comparison.table("redirects"));
    if (pages != null && Report.isWanted()) {
      new RatioChart(pages, comparison).draw(Report.beside("performance.svg"));
    }
  }

  private static List<LoadedServer> redirecting() {
    return SERVERS.stream().filter(it -> it.variant() != Variant.SESSION).toList();
  }

  // What strangers leave behind is taken away after each round: some would run out of memory.
  private Rate redirects(LoadedServer server) {
    var request =
        server.variant() == Variant.BARE
            ? server.get(Application.PATH + "/redirect", "")
            : server.anonymous();
    var rate = load.send(server, FOUND, List.of(request));
    server.forget();
    return rate;
  }
}
