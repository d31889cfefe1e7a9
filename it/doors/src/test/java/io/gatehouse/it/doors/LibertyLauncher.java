package io.gatehouse.it.doors;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty with the features of a server of Jakarta EE. */
record LibertyLauncher() implements Launcher {
  private static final String SETTINGS =
      """
      <server>
        <featureManager>
          <feature>servlet-6.0</feature>
          <feature>pages-3.1</feature>
          <feature>websocket-2.1</feature>
          <feature>restfulWS-3.1</feature>
          <feature>cdi-4.0</feature>
          <feature>faces-4.0</feature>
          <feature>enterpriseBeansLite-4.0</feature>
          <feature>enterpriseBeansRemote-4.0</feature>
          <feature>xmlWS-4.0</feature>
          <feature>jsonp-2.1</feature>
          <feature>mpConfig-3.1</feature>
        </featureManager>
        <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
        <iiopEndpoint id="defaultIiopEndpoint" host="127.0.0.1" iiopPort="%d"/>
        <logging traceSpecification="*=info"/>
        <applicationManager autoExpand="false"/>
        <applicationMonitor updateTrigger="disabled"/>
        <config updateTrigger="disabled"/>
      %s</server>
      """;

  private static final String APPLICATION =
      """
        <webApplication id="%s" name="%s" location="%s" contextRoot="%s"/>
      """;

  @Override
  public ServerProcess start(Path directory, int port, List<Deployed> applications)
      throws IOException {
    var applicationsXml = new StringBuilder();
    for (var application : applications) {
      var name = application.name("-");
      applicationsXml.append(
          APPLICATION.formatted(
              name,
              name,
              application.war().toAbsolutePath(),
              application.contextPath().isEmpty() ? "/" : application.contextPath()));
    }
    var server = Files.createDirectories(directory.resolve("servers/defaultServer"));
    Files.writeString(
        server.resolve("server.xml"),
        SETTINGS.formatted(port, ServerProcess.freePort(), applicationsXml));
    var home = ServerProcess.directory().resolve("wlp").toAbsolutePath();
    var tools = home.resolve("bin/tools");
    return ServerProcess.start(
        directory.resolve("liberty.log"),
        Map.of("WLP_USER_DIR", directory.toString()),
        List.of(
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            // What bin/server opens to Weld and others.
            "@" + home.resolve("lib/platform/java/java9.options"),
            "-javaagent:" + tools.resolve("ws-javaagent.jar"),
            "-jar",
            tools.resolve("ws-server.jar").toString(),
            "defaultServer"));
  }
}
