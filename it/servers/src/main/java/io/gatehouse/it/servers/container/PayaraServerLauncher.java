package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Payara Server: a separate domain, started by the command line that its tool prints. */
record PayaraServerLauncher() implements Launcher {
  private static final Duration MAX_DRY_RUN = Duration.ofMinutes(1);

  @Override
  public ServerProcess start(Path directory, int port, List<Deployed> applications)
      throws IOException {
    var home = ServerProcess.directory().resolve("payara6/glassfish").toAbsolutePath();
    var domain = directory.resolve("domain1");
    copy(home.resolve("domains/domain1"), domain);
    var settings = domain.resolve("config/domain.xml");
    Files.writeString(settings, onLoopback(Files.readString(settings), port));
    var commands = new StringBuilder();
    for (var application : applications) {
      var name = application.name("-");
      commands.append(
          "deploy --name %s --contextroot %s %s%n"
              .formatted(
                  name,
                  application.contextPath().isEmpty() ? "/" : application.contextPath(),
                  application.war().toAbsolutePath()));
    }
    var commandFile = Files.writeString(directory.resolve("deploy.txt"), commands);
    var arguments = new ArrayList<>(commandLine(home, directory));
    arguments.addAll(List.of("-postbootcommandfile", commandFile.toString()));
    return ServerProcess.start(directory.resolve("payara-server.log"), arguments);
  }

  private static void copy(Path source, Path target) throws IOException {
    try (var files = Files.walk(source)) {
      for (var file : files.toList()) {
        var copied = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  // The settings of it/containers: loopback only, without cluster, JMS and IIOP.
  private static String onLoopback(String domain, int port) {
    return domain
        .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\" enabled=\"false\"")
        .replace(
            "<hazelcast-config-specific-configuration>",
            "<hazelcast-config-specific-configuration enabled=\"false\">")
        .replace(
            "default-jms-host=\"default_JMS_host\" type=\"EMBEDDED\"",
            "default-jms-host=\"default_JMS_host\" type=\"DISABLED\"")
        .replace("value=\"7676\"", "value=\"" + ServerProcess.freePort() + "\"") // though disabled
        .replace("port=\"8080\" protocol", "address=\"127.0.0.1\" port=\"" + port + "\" protocol")
        .replace(
            "port=\"8181\" protocol",
            "address=\"127.0.0.1\" port=\"" + ServerProcess.freePort() + "\" protocol")
        .replace(
            "port=\"4848\" protocol",
            "address=\"127.0.0.1\" port=\"" + ServerProcess.freePort() + "\" protocol")
        // The bound of what is read of a stranger's upload: docs/containers/payara.md.
        .replace("<http ", "<http max-swallowing-input-bytes=\"2097152\" ")
        .replace("-Xmx512m", "-Xmx384m");
  }

  // One argument per line, after the tool's own heading and the name of Java.
  private static List<String> commandLine(Path home, Path directory) {
    var dryRun =
        ServerProcess.start(
            directory.resolve("dry-run.txt"),
            List.of(
                "-jar",
                home.resolve("lib/client/appserver-cli.jar").toString(),
                "start-domain",
                "--domaindir",
                directory.toString(),
                "--dry-run",
                "domain1"));
    if (!dryRun.awaitEnd(MAX_DRY_RUN)) {
      dryRun.close();
    }
    var lines = dryRun.output().lines().toList();
    var first = lines.indexOf("-cp");
    var last = lines.indexOf("-verbose");
    if (first < 0 || last < first) {
      throw new IllegalStateException("no command line of Payara:\n" + dryRun.output());
    }
    var arguments = new ArrayList<>(lines.subList(first, last));
    arguments.set(arguments.indexOf("-read-stdin") + 1, "false");
    return arguments;
  }
}
