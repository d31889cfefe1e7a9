package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Open Liberty.
 *
 * @param features the enabled features
 * @param trace the log specification; {@code *=info} by default
 */
record LibertyLauncher(List<String> features, String trace) implements Launcher {
  /** The features that Gatehouse needs, with pages, WebSocket and Jakarta REST. */
  static final LibertyLauncher SMALL =
      new LibertyLauncher(
          List.of(
              "servlet-6.0",
              "pages-3.1",
              "websocket-2.1",
              "restfulWS-3.1",
              "jsonp-2.1",
              "mpConfig-3.1"),
          "*=info:io.gatehouse.*=finest:org.jose4j.*=finest");

  /** The features of a Jakarta EE server. */
  static final LibertyLauncher WHOLE =
      new LibertyLauncher(
          List.of(
              "servlet-6.0",
              "pages-3.1",
              "websocket-2.1",
              "restfulWS-3.1",
              "cdi-4.0",
              "faces-4.0",
              "enterpriseBeansLite-4.0",
              "enterpriseBeansRemote-4.0",
              "xmlWS-4.0",
              "jsonp-2.1",
              "mpConfig-3.1"),
          "*=info");

  private static final String SETTINGS =
      """
      <server>
        <featureManager>
      %s  </featureManager>
        <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1">
          <httpOptions messageSizeLimit="33554432"/>
        </httpEndpoint>
        <iiopEndpoint id="defaultIiopEndpoint" host="127.0.0.1" iiopPort="%d"/>
        <logging traceSpecification="%s"/>
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
        SETTINGS.formatted(
            features.stream()
                .map(it -> "    <feature>" + it + "</feature>\n")
                .collect(Collectors.joining()),
            port,
            ServerProcess.freePort(),
            trace,
            applicationsXml));
    var home = ServerProcess.directory().resolve("wlp").toAbsolutePath();
    var tools = home.resolve("bin/tools");
    return ServerProcess.start(
        directory.resolve("liberty.log"),
        Map.of("WLP_USER_DIR", directory.toString()),
        List.of(
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // The options with which bin/server opens packages to Weld and others.
            "@" + home.resolve("lib/platform/java/java9.options"),
            "-javaagent:" + tools.resolve("ws-javaagent.jar"),
            "-jar",
            tools.resolve("ws-server.jar").toString(),
            "defaultServer",
            "--clean")); // else an older jar of the same name and time is taken from the cache
  }
}
