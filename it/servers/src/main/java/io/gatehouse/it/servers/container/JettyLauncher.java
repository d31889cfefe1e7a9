package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Jetty's distribution, with HTTP/2, and applications that may dispatch to each other. */
record JettyLauncher() implements Launcher {
  private static final String MODULES =
      "server,http,http2c,ee10-deploy,ee10-annotations,ee10-jsp,ee10-websocket-jakarta";

  private static final String CONTEXT =
      """
      <?xml version="1.0"?>
      <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN"
          "https://jetty.org/configure_10_0.dtd">
      <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
        <Set name="contextPath">%s</Set>
        <Set name="war">%s</Set>
        <Set name="crossContextDispatchSupported">true</Set>
      </Configure>
      """;

  @Override
  public ServerProcess start(Path directory, int port, List<Deployed> applications)
      throws IOException {
    var webapps = Files.createDirectories(directory.resolve("webapps"));
    for (var application : applications) {
      Files.writeString(
          webapps.resolve(application.name("-") + ".xml"),
          CONTEXT.formatted(
              application.contextPath().isEmpty() ? "/" : application.contextPath(),
              application.war().toAbsolutePath()));
    }
    var home = ServerProcess.directory().resolve("jetty").toAbsolutePath();
    return ServerProcess.start(
        directory.resolve("jetty.log"),
        List.of(
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djetty.home=" + home,
            "-Djetty.base=" + directory,
            "-jar",
            home.resolve("start.jar").toString(),
            // Before the modules: after them, a property applies to the environment ee10 only.
            "jetty.http.host=127.0.0.1",
            "jetty.http.port=" + port,
            "--module=" + MODULES));
  }
}
