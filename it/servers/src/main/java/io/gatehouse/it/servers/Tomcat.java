package io.gatehouse.it.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Tomcat with applications, on 127.0.0.1 only: a container of servlets and JSPs, and nothing else.
 */
public final class Tomcat implements AutoCloseable {
  // No port for the shutdown command: the process is ended like any other.
  private static final String SETTINGS =
      """
      <Server port="-1">
        <Service name="Catalina">
          <Connector port="%d" address="127.0.0.1"/>
          <Engine name="Catalina" defaultHost="localhost">
            <Host name="localhost" appBase="webapps" autoDeploy="false"/>
      %s    </Engine>
        </Service>
      </Server>
      """;

  // Replicate before the answer ends (6: synchronous, acknowledged), since the next request may
  // reach the other node. Members are named: 3 starts the channel without multicast.
  private static final String CLUSTER =
      """
      <Cluster className="org.apache.catalina.ha.tcp.SimpleTcpCluster"
          channelSendOptions="6" channelStartOptions="3">
        <Manager className="org.apache.catalina.ha.session.DeltaManager"/>
        <Channel className="org.apache.catalina.tribes.group.GroupChannel">
          <Receiver className="org.apache.catalina.tribes.transport.nio.NioReceiver"
              address="127.0.0.1" port="%d" autoBind="1"/>
          <Sender className="org.apache.catalina.tribes.transport.ReplicationTransmitter">
            <Transport
                className="org.apache.catalina.tribes.transport.nio.PooledParallelSender"/>
          </Sender>
          <Interceptor
              className="org.apache.catalina.tribes.group.interceptors.TcpPingInterceptor"/>
          <Interceptor
              className="org.apache.catalina.tribes.group.interceptors.TcpFailureDetector"/>
          <Interceptor
              className="org.apache.catalina.tribes.group.interceptors.MessageDispatchInterceptor"/>
          <Interceptor
              className="org.apache.catalina.tribes.group.interceptors.StaticMembershipInterceptor">
            <Member className="org.apache.catalina.tribes.membership.StaticMember"
                host="127.0.0.1" port="%d" uniqueId="{%s}"/>
            <LocalMember className="org.apache.catalina.tribes.membership.StaticMember"
                uniqueId="{%s}"/>
          </Interceptor>
        </Channel>
        <Valve className="org.apache.catalina.ha.tcp.ReplicationValve"/>
        <ClusterListener className="org.apache.catalina.ha.session.ClusterSessionListener"/>
      </Cluster>
      """;

  private final ServerProcess process;
  private final int port;

  private Tomcat(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts Tomcat and does not wait.
   *
   * @param directory for all its files
   * @param jvmOptions options of the JVM, including system properties
   * @param wars the applications, whose names become their context paths
   */
  public static Tomcat start(Path directory, int port, List<String> jvmOptions, Path... wars) {
    return start(directory, SETTINGS.formatted(port, ""), port, jvmOptions, List.of(wars));
  }

  /**
   * Starts Tomcat as one node of a cluster that copies sessions, and does not wait.
   *
   * @param clusterPort the port at which the other node reaches this one
   * @param otherClusterPort the port at which this node reaches the other one
   */
  public static Tomcat startMember(
      Path directory,
      int port,
      int clusterPort,
      int otherClusterPort,
      List<String> jvmOptions,
      Path war) {
    var cluster =
        CLUSTER.formatted(
            clusterPort, otherClusterPort, uniqueId(otherClusterPort), uniqueId(clusterPort));
    return start(directory, SETTINGS.formatted(port, cluster), port, jvmOptions, List.of(war));
  }

  /** Returns sixteen signed bytes that identify a member. */
  private static String uniqueId(int clusterPort) {
    return "0,0,0,0,0,0,0,0,0,0,0,0,0,%d,%d,%d"
        .formatted(clusterPort / 10_000, clusterPort / 100 % 100, clusterPort % 100);
  }

  private static Tomcat start(
      Path directory, String serverXml, int port, List<String> jvmOptions, List<Path> wars) {
    var home = ServerProcess.directory().resolve("tomcat").toAbsolutePath();
    try {
      var settings = Files.createDirectories(directory.resolve("conf"));
      Files.writeString(settings.resolve("server.xml"), serverXml);
      copy(home.resolve("conf/web.xml"), settings);
      var webapps = Files.createDirectories(directory.resolve("webapps"));
      for (var war : wars) {
        copy(war, webapps);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var arguments = new ArrayList<>(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    arguments.addAll(jvmOptions);
    arguments.addAll(
        List.of(
            "-Dcatalina.home=" + home,
            "-Dcatalina.base=" + directory.toAbsolutePath(),
            // otherwise it would run without its port if another process has taken the port
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
  public Tomcat awaitPage(URI page) {
    process.awaitAnswer(page);
    return this;
  }

  /** Returns the address of an application, under {@code localhost}, without a trailing slash. */
  public URI address(String context) {
    return URI.create("http://localhost:" + port + "/" + context);
  }

  public ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
