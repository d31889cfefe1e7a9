package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro. */
record PayaraMicroLauncher() implements Launcher {
  // No command-line option sets them. The second bounds what is read of a stranger's upload:
  // docs/containers/payara.md.
  private static final String SETTINGS =
      "set configs.config.server-config.network-config.network-listeners.network-listener"
          + ".http-listener.address=127.0.0.1\n"
          + "set configs.config.server-config.network-config.protocols.protocol"
          + ".http-listener.http.max-swallowing-input-bytes=2097152\n";

  @Override
  public ServerProcess start(Path directory, int port, List<Deployed> applications)
      throws IOException {
    var preboot = Files.writeString(directory.resolve("preboot.txt"), SETTINGS);
    var arguments =
        new ArrayList<>(
            List.of(
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                ServerProcess.directory().resolve("payara-micro.jar").toAbsolutePath().toString(),
                "--nohazelcast",
                "--disablephonehome",
                "--port",
                String.valueOf(port),
                "--prebootcommandfile",
                preboot.toString()));
    var commands = new StringBuilder();
    for (var application : applications) {
      var name = application.name("-");
      var war =
          WarFile.copy(application.war(), directory.resolve("applications").resolve(name + ".war"));
      GlassFishWeb.writeContextRoot(war, application.contextPath());
      commands.append(
          "deploy --name %s --contextroot %s %s%n"
              .formatted(
                  name,
                  application.contextPath().isEmpty() ? "/" : application.contextPath(),
                  war.path()));
    }
    // Deploy each by its own command: if one application named by --deploy fails, all may be
    // removed.
    var commandFile = Files.writeString(directory.resolve("deploy.txt"), commands);
    arguments.addAll(List.of("--postbootcommandfile", commandFile.toString()));
    return ServerProcess.start(directory.resolve("payara-micro.log"), arguments);
  }
}
