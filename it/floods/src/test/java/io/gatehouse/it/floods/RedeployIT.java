package io.gatehouse.it.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.Heap;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.Tomcat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is deployed, used and undeployed fifty times on a running Tomcat. */
class RedeployIT {
  private static final int ROUNDS = 50;
  private static final int WARM_UP = 10;
  private static final long MAX_GROWTH_KIB = 1024;
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);
  private static final String LOADER = "org.apache.catalina.loader.ParallelWebappClassLoader";
  private static final String GATEHOUSE = "io.gatehouse.filter.Gatehouse";

  // java.lang.runtime.ObjectMethods keeps the type for which the last equals of a record was made,
  // whichever application has that record: one application, the last, until another one compares a
  // record.
  private static final long KEPT_BY_THE_JDK = Runtime.version().feature() < 21 ? 1 : 0;

  // What only soft references hold would stay until memory is short.
  private static final String NO_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

  @TempDir private Path directory;

  @Test
  @Tag("case-83")
  void leavesNoClassLoaderNoThreadAndNoMemoryBehind() throws Exception {
    var port = ServerProcess.freePort();
    try (var approving = ApprovingServer.start(Duration.ofMinutes(5));
        var tomcat = Tomcat.start(directory, port, List.of(NO_SOFT_REFERENCES));
        var deployer = Deployer.of(tomcat.process().pid())) {
      var war = FloodedServer.war(directory, approving, port, Map.of());
      var site = new Site(port, approving);
      var heap = new Heap(tomcat.process().pid());
      for (int i = 0; i < WARM_UP; i++) {
        useOnce(deployer, war, site);
      }
      awaitNone(heap);
      var usedBefore = heap.usedKiB();
      var threadsBefore = threads(heap);
      var tokenCalls = approving.calls("/token");
      var begun = Instant.now();

      for (int i = 0; i < ROUNDS; i++) {
        useOnce(deployer, war, site);
      }

      var took = Duration.between(begun, Instant.now());
      awaitNone(heap);
      var loaders = heap.instances(LOADER);
      var threadsAfter = threads(heap);
      var grown = heap.usedKiB() - usedBefore;
      Figures.write(
          "redeploys",
          "| %s | %s |".formatted(FloodedServer.version(), Runtime.version().feature()),
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %d | %d | %d | %d, %+d | %,d KiB, %+,d |",
              FloodedServer.version(),
              Runtime.version().feature(),
              ROUNDS,
              took.toSeconds(),
              approving.calls("/token") - tokenCalls,
              loaders,
              threadsBefore.size(),
              threadsAfter.size() - threadsBefore.size(),
              usedBefore,
              grown));
      assertThat(loaders).isLessThanOrEqualTo(KEPT_BY_THE_JDK);
      assertThat(heap.instances(GATEHOUSE)).isZero();
      assertThat(threadsAfter).hasSizeLessThanOrEqualTo(threadsBefore.size());
      assertThat(threadsAfter)
          .noneMatch(it -> it.contains("HttpClient") || it.contains("gatehouse"));
      assertThat(grown).as("KiB of heap").isLessThan(MAX_GROWTH_KIB);
      assertThat(tomcat.process().output())
          .doesNotContain("appears to have started a thread")
          .doesNotContain("created a ThreadLocal");
    }
  }

  /** Deploys the application, logs in, requests a page, and undeploys the application. */
  private void useOnce(Deployer deployer, Path war, Site site) throws IOException {
    var deployed = directory.resolve("webapps").resolve(war.getFileName());
    Files.copy(war, deployed, StandardCopyOption.REPLACE_EXISTING);
    deployer.check(Site.CONTEXT);
    try (var connection = new Connection(site.port())) {
      var session = site.logIn(connection, "somebody");
      assertThat(connection.send(site.page(session)).body()).contains("subject somebody");
      Files.delete(deployed);
      deployer.check(Site.CONTEXT);
      assertThat(connection.send(site.page(session)).status()).isEqualTo(404);
    }
  }

  // The HTTP client's own thread checks every few seconds whether it is still needed.
  private static void awaitNone(Heap heap) {
    var end = Instant.now().plus(MAX_WAIT);
    while (heap.usedKiB() > 0
        && heap.instances(LOADER) > KEPT_BY_THE_JDK
        && Instant.now().isBefore(end)) {
      ServerProcess.pause();
    }
  }

  // Those by which we look at it from outside come and go.
  private static List<String> threads(Heap heap) {
    return heap.threads()
        .lines()
        .filter(it -> it.startsWith("\""))
        .filter(it -> !it.matches("\"(RMI|JMX|Attach|C[12] Compiler|G1|GC).*"))
        .toList();
  }
}
