package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WildFly as one node of a cluster, on 127.0.0.1 only and without multicast. */
public final class WildFly {
  /** JVM options with which bin/standalone.sh opens packages; session replication needs them. */
  private static final List<String> MODULES =
      List.of(
          "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
          "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.management/javax.management=ALL-UNNAMED",
          "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

  // For gatehouse.shared: the longest session plus an hour, and a few minutes; in milliseconds.
  private static final String SHARED =
      """
      <replicated-cache name="gatehouse">
        <expiration lifespan="46800000"/>
      </replicated-cache>
      <replicated-cache name="gatehouse-once">
        <expiration lifespan="900000"/>
      </replicated-cache>
      """;

  private WildFly() {}

  /**
   * Starts WildFly and does not wait.
   *
   * @param name of the node
   * @param directory for all its files
   * @param clusterPort the port at which the other node reaches this one
   * @param otherClusterPort the port at which this node reaches the other one
   * @param jvmOptions options of the JVM, including system properties
   * @param war the application, whose name becomes its context path
   */
  public static ServerProcess start(
      String name,
      Path directory,
      int port,
      int clusterPort,
      int otherClusterPort,
      List<String> jvmOptions,
      Path war) {
    var home = ServerProcess.directory().resolve("wildfly").toAbsolutePath();
    try {
      var settings = Files.createDirectories(directory.resolve("configuration"));
      var shipped = home.resolve("standalone/configuration");
      for (var file :
          List.of(
              "logging.properties",
              "application-users.properties",
              "application-roles.properties",
              "mgmt-users.properties",
              "mgmt-groups.properties")) {
        Files.copy(
            shipped.resolve(file), settings.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(
          settings.resolve("standalone-ha.xml"),
          onLoopback(
              Files.readString(shipped.resolve("standalone-ha.xml")),
              clusterPort,
              otherClusterPort));
      var deployments = Files.createDirectories(directory.resolve("deployments"));
      Files.copy(war, deployments.resolve(war.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var options = new ArrayList<>(jvmOptions);
    options.add("-Djboss.modules.system.pkgs=org.jboss.byteman");
    options.add("-Djboss.node.name=" + name);
    var arguments = commandLine(directory.toAbsolutePath(), port, options, "standalone-ha.xml");
    arguments.addAll(List.of("-bprivate", "127.0.0.1"));
    return ServerProcess.start(directory.resolve("wildfly.log"), arguments);
  }

  /**
   * Returns the arguments of {@code java} that start a server on 127.0.0.1; more of the server's
   * own may follow.
   *
   * @param directory of its configuration, deployments and logs; absolute
   * @param jvmOptions options of the Java machine, system properties among them
   * @param settings the file in the directory's {@code configuration}
   */
  public static List<String> commandLine(
      Path directory, int port, List<String> jvmOptions, String settings) {
    var home = ServerProcess.directory().resolve("wildfly").toAbsolutePath();
    var arguments = new ArrayList<>(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"));
    arguments.addAll(MODULES);
    arguments.addAll(jvmOptions);
    arguments.addAll(
        List.of(
            "-Djava.net.preferIPv4Stack=true",
            "-Djava.awt.headless=true",
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + directory,
            "-Djboss.http.port=" + port,
            "-Djboss.https.port=" + ServerProcess.freePort(),
            "-Djboss.ajp.port=" + ServerProcess.freePort(),
            "-Djboss.management.http.port=" + ServerProcess.freePort(),
            "-Dorg.jboss.boot.log.file=" + directory.resolve("log/server.log"),
            "-Dlogging.configuration="
                + directory.resolve("configuration/logging.properties").toUri(),
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-c",
            settings,
            "-b",
            "127.0.0.1",
            "-bmanagement",
            "127.0.0.1"));
    return arguments;
  }

  private static String onLoopback(String shipped, int clusterPort, int otherClusterPort) {
    var tcp = replace(shipped, "name=\"ee\" stack=\"udp\"", "name=\"ee\" stack=\"tcp\"");
    var members =
        """
        <protocol type="TCPPING">
          <property name="initial_hosts">127.0.0.1[%d],127.0.0.1[%d]</property>
          <property name="port_range">0</property>
        </protocol>"""
            .formatted(clusterPort, otherClusterPort);
    var found = replace(tcp, "<socket-protocol type=\"MPING\"[^>]*/>", members);
    var ports =
        replace(
            found,
            "name=\"jgroups-tcp\" interface=\"private\" port=\"7600\"",
            "name=\"jgroups-tcp\" interface=\"private\" port=\"" + clusterPort + "\"");
    var alone =
        replace(
            ports, "(?s)<subsystem xmlns=\"urn:jboss:domain:modcluster[^>]*>.*?</subsystem>", "");
    return replace(
        alone, "<replicated-cache name=\"sso\">", SHARED + "<replicated-cache name=\"sso\">");
  }

  private static String replace(String text, String pattern, String replacement) {
    var matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("standalone-ha.xml has no " + pattern);
    }
    return matcher.replaceFirst(Matcher.quoteReplacement(replacement));
  }
}
