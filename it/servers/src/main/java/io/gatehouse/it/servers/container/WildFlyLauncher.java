package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.WildFly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    return ServerProcess.start(
        directory.resolve("wildfly.log"),
        WildFly.commandLine(directory, port, List.of("-XX:+UseSerialGC"), "standalone.xml"));
  }
}
