package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ServerProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * The attempt to deploy an application that may not start; closing it takes the application away.
 */
final class Attempt implements AutoCloseable {
  private static final Duration MAX_LOG_TIME = Duration.ofSeconds(10);

  private final Deployer deployer;
  private final String name;
  private final Map<Path, String> logsBefore;
  private final TestLog log;
  private final String thrown;

  private Attempt(
      Deployer deployer, String name, Map<Path, String> logsBefore, TestLog log, String thrown) {
    this.deployer = deployer;
    this.name = name;
    this.logsBefore = logsBefore;
    this.log = log;
    this.thrown = thrown;
  }

  /** Deploys it; whether an adapter throws for an application that did not start is its own way. */
  static Attempt of(Deployer deployer, String name) {
    var before = Container.logs();
    var log = new TestLog();
    try {
      deployer.deploy(name);
      return new Attempt(deployer, name, before, log, "");
    } catch (Exception e) {
      return new Attempt(deployer, name, before, log, TestLog.messages(e));
    }
  }

  URI page(String path) {
    return URI.create("http://localhost:" + Application.PORT + "/" + name + path);
  }

  void assertServesNothing() {
    for (var path : new String[] {"/who", "/open/who", "/", "/static/file.txt", "/visits"}) {
      assertThat(status(page(path))).as(path).matches(it -> it == 0 || it == 404 || it >= 500);
    }
  }

  // 0 where nobody listens: Payara Micro's adapter ends a server without applications.
  private static int status(URI page) {
    try {
      return new Browser().get(page).statusCode();
    } catch (UncheckedIOException nobody) {
      return 0;
    }
  }

  /** The texts are in what the adapter threw or in what the server has logged since. */
  void assertSays(String... texts) {
    var end = Instant.now().plus(MAX_LOG_TIME);
    while (!Arrays.stream(texts).allMatch(said()::contains) && Instant.now().isBefore(end)) {
      ServerProcess.pause();
    }
    assertThat(said()).contains(texts);
  }

  private String said() {
    var said = new StringBuilder(thrown).append(log.text());
    Container.logs()
        .forEach(
            (file, text) -> {
              var before = logsBefore.getOrDefault(file, "");
              said.append(text.startsWith(before) ? text.substring(before.length()) : text);
            });
    return said.toString();
  }

  @Override
  public void close() {
    try {
      deployer.undeploy(name);
    } catch (Exception neverDeployed) {
      // then there is nothing to take away
    } finally {
      log.close();
    }
  }
}
