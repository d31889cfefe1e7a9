package io.gatehouse.it.keycloak;

import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keycloak on 127.0.0.1: built and then started, as its {@code kc.sh} does. */
final class Keycloak implements AutoCloseable {
  private static final Duration MAX_BUILD_TIME = Duration.ofMinutes(3);
  private static final String ADMINISTRATOR = "admin";
  private static final String PASSWORD = "an invented password of the administrator";

  private final ServerProcess process;
  private final URI address;

  private Keycloak(ServerProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Returns the address of a Keycloak at this port, without a trailing slash. */
  static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts Keycloak, and waits until it answers.
   *
   * @param directory for its logs
   */
  static Keycloak start(Path directory, int port) {
    var build = java(directory.resolve("keycloak-build.log"), "build", "--db=dev-mem");
    if (!build.awaitEnd(MAX_BUILD_TIME)) {
      build.kill();
      throw new IllegalStateException("still being built\n" + build.output());
    }
    var process =
        java(
            directory.resolve("keycloak.log"),
            "start",
            "--optimized",
            "--cache=local",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=" + address(port));
    process.awaitAnswer(address(port).resolve("/realms/master"));
    return new Keycloak(process, address(port));
  }

  private static ServerProcess java(Path log, String... arguments) {
    var home = ServerProcess.directory().resolve("keycloak").toAbsolutePath();
    var all =
        new ArrayList<>(
            List.of(
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dkc.home.dir=" + home,
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    all.addAll(Arrays.asList(arguments));
    return ServerProcess.start(
        log,
        Map.of(
            "KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR,
            "KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD),
        all);
  }

  /** Creates a realm. */
  Realm createRealm(String name) {
    return Realm.create(new AdminApi(address, ADMINISTRATOR, PASSWORD), address, name);
  }

  @Override
  public void close() {
    process.close();
  }
}
