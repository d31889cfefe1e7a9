package io.gatehouse.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Tomcat with one application, on 127.0.0.1 only: a server of servlets and JSPs, and no more. */
final class Tomcat implements AutoCloseable {
  // No port for the shutdown command: the process is ended as any other.
  private static final String SETTINGS =
      """
      <Server port="-1">
        <Service name="Catalina">
          <Connector port="%d" address="127.0.0.1"/>
          <Engine name="Catalina" defaultHost="localhost">
            <Host name="localhost" appBase="webapps" autoDeploy="false"/>
          </Engine>
        </Service>
      </Server>
      """;

  private final ServerProcess process;
  private final int port;

  private Tomcat(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and does not wait.
   *
   * @param directory for all that it writes
   * @param jvmOptions options of the Java machine, system properties among them
   * @param war the application, whose name becomes its context path
   */
  static Tomcat start(Path directory, int port, List<String> jvmOptions, Path war) {
    var home = ServerProcess.directory().resolve("tomcat").toAbsolutePath();
    try {
      var settings = Files.createDirectories(directory.resolve("conf"));
      Files.writeString(settings.resolve("server.xml"), SETTINGS.formatted(port));
      copy(home.resolve("conf/web.xml"), settings);
      copy(war, Files.createDirectories(directory.resolve("webapps")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var arguments = new ArrayList<>(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    arguments.addAll(jvmOptions);
    arguments.addAll(
        List.of(
            "-Dcatalina.home=" + home,
            "-Dcatalina.base=" + directory.toAbsolutePath(),
            // else it would stay without its port when another has taken that
            "-Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true",
            "-cp",
            home.resolve("bin/bootstrap.jar")
                + File.pathSeparator
                + home.resolve("bin/tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start"));
    return new Tomcat(ServerProcess.start(directory.resolve("tomcat.log"), arguments), port);
  }

  private static void copy(Path file, Path directory) throws IOException {
    Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until a page of the application answers. */
  Tomcat awaitPage(URI page) {
    process.awaitAnswer(page);
    return this;
  }

  /** The address of an application, under {@code localhost}, without a slash at its end. */
  URI address(String context) {
    return URI.create("http://localhost:" + port + "/" + context);
  }

  ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
