package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Tomcat, with HTTP/2, and applications that may dispatch to each other.
 *
 * @param home its directory among the servers
 */
record TomcatLauncher(String home) implements Launcher {
  private static final String SETTINGS =
      """
      <Server port="-1">
        <Service name="Catalina">
          <Connector port="%d" address="127.0.0.1">
            <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
          </Connector>
          <Engine name="Catalina" defaultHost="localhost">
            <Host name="localhost" appBase="webapps" autoDeploy="false"/>
          </Engine>
        </Service>
      </Server>
      """;

  @Override
  public ServerProcess start(Path directory, int port, List<Deployed> applications)
      throws IOException {
    var shipped = ServerProcess.directory().resolve(home).toAbsolutePath();
    var settings = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(settings.resolve("server.xml"), SETTINGS.formatted(port));
    Files.writeString(settings.resolve("context.xml"), "<Context crossContext=\"true\"/>");
    copy(shipped.resolve("conf/web.xml"), settings.resolve("web.xml"));
    var webapps = Files.createDirectories(directory.resolve("webapps"));
    for (var application : applications) {
      copy(application.war(), webapps.resolve(application.name("#") + ".war"));
    }
    return ServerProcess.start(
        directory.resolve("tomcat.log"),
        List.of(
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dcatalina.home=" + shipped,
            "-Dcatalina.base=" + directory,
            "-Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true",
            "-cp",
            shipped.resolve("bin/bootstrap.jar")
                + File.pathSeparator
                + shipped.resolve("bin/tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start"));
  }

  private static void copy(Path file, Path target) throws IOException {
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
