package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.WildFly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** WildFly with its standalone.xml. */
record WildFlyLauncher() implements Launcher {
  private static final String CONTEXT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <jboss-web><context-root>%s</context-root></jboss-web>
      """;

  @Override
  public ServerProcess start(Path directory, int port, List<Deployed> applications)
      throws IOException {
    var home = ServerProcess.directory().resolve("wildfly").toAbsolutePath();
    var settings = Files.createDirectories(directory.resolve("configuration"));
    try (var shipped = Files.list(home.resolve("standalone/configuration"))) {
      for (var file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, settings.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.deleteIfExists(directory.resolve("log/server.log")); // WildFly appends to an old file
    var deployments = Files.createDirectories(directory.resolve("deployments"));
    for (var application : applications) {
      WarFile.copy(application.war(), deployments.resolve(application.name("-") + ".war"))
          .with(
              "/WEB-INF/jboss-web.xml",
              CONTEXT.formatted(
                  application.contextPath().isEmpty() ? "/" : application.contextPath()));
    }
    var arguments =
        new ArrayList<>(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    arguments.addAll(WildFly.MODULES);
    arguments.addAll(
        List.of(
            "-Djava.net.preferIPv4Stack=true",
            "-Djava.awt.headless=true",
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + directory,
            "-Djboss.http.port=" + port,
            "-Djboss.https.port=" + ServerProcess.freePort(),
            "-Djboss.ajp.port=" + ServerProcess.freePort(),
            "-Djboss.management.http.port=" + ServerProcess.freePort(),
            "-Dorg.jboss.boot.log.file=" + directory.resolve("log/server.log"),
            "-Dlogging.configuration=" + settings.resolve("logging.properties").toUri(),
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-c",
            "standalone.xml",
            "-b",
            "127.0.0.1",
            "-bmanagement",
            "127.0.0.1"));
    return ServerProcess.start(directory.resolve("wildfly.log"), arguments);
  }
}
