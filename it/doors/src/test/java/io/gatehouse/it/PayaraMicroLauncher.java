package io.gatehouse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro. */
record PayaraMicroLauncher() implements Launcher {
  // There is no flag for the address.
  private static final String SETTINGS =
      "set configs.config.server-config.network-config.network-listeners.network-listener"
          + ".http-listener.address=127.0.0.1\n";

  @Override
  public ServerProcess start(Path directory, int port, List<Deployed> applications)
      throws IOException {
    var preboot = Files.writeString(directory.resolve("preboot.txt"), SETTINGS);
    var arguments =
        new ArrayList<>(
            List.of(
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                ServerProcess.directory().resolve("payara-micro.jar").toAbsolutePath().toString(),
                "--nohazelcast",
                "--disablephonehome",
                "--port",
                String.valueOf(port),
                "--prebootcommandfile",
                preboot.toString()));
    for (var application : applications) {
      var war =
          WarFile.copy(
              application.war(),
              directory.resolve("applications").resolve(application.name("-") + ".war"));
      GlassFishWeb.writeContextRoot(war, application.contextPath());
      arguments.addAll(List.of("--deploy", war.path().toString()));
    }
    return ServerProcess.start(directory.resolve("payara-micro.log"), arguments);
  }
}
