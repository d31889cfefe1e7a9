package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.Heap;
import java.net.URI;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thousands of visitors who never log in: they leave nothing behind. */
@ExtendWith(Servers.Parameter.class)
class AnonymousFloodIT {
  private static final int WARM_UP = 20_000;
  private static final int REQUESTS = 40_000;
  private static final int CLIENTS = 8;
  private static final long MAX_GROWTH_KIB = 1024;

  private final Servers servers;

  AnonymousFloodIT(Servers servers) {
    this.servers = servers;
  }

  @Test
  @Tag("case-80")
  void leavesNoSessionAndNoMemoryBehind() throws Exception {
    var page = servers.page(Servers.V3, "/account?tab=powers");
    var server = new Heap(servers.payara().process().pid());
    var verifier = servers.verifierOf(Servers.V3);
    flood(page, WARM_UP);
    verifier.reset();
    var sessionsBefore = server.sessions();
    var usedBefore = server.usedKiB();

    flood(page, REQUESTS);

    var grown = server.usedKiB() - usedBefore;
    System.getLogger("io.gatehouse.it")
        .log(
            System.Logger.Level.INFO,
            "{0} anonymous requests: heap {1} KiB, then {2} KiB more",
            REQUESTS,
            usedBefore,
            grown);
    assertThat(server.sessions()).isLessThanOrEqualTo(sessionsBefore);
    assertThat(grown).as("KiB of heap").isLessThan(MAX_GROWTH_KIB);
    assertThat(verifier.calls().getInt("discovery")).isLessThanOrEqualTo(1);
    assertThat(verifier.calls().getInt("authorize")).isZero();
  }

  private static void flood(URI page, int requests)
      throws InterruptedException, ExecutionException {
    var threads = Executors.newFixedThreadPool(CLIENTS);
    Callable<Void> visitor =
        () -> {
          for (int i = 0; i < requests / CLIENTS; i++) {
            var browser = new Browser();
            assertThat(browser.get(page).statusCode()).isEqualTo(302);
            assertThat(browser.cookies(page)).doesNotContainKey("JSESSIONID");
          }
          return null;
        };
    try {
      for (var done : threads.invokeAll(Collections.nCopies(CLIENTS, visitor))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
