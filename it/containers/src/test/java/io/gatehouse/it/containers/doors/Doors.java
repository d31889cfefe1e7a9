package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.Deployed;
import io.gatehouse.it.servers.container.WarFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The current container, started once for all tests, with the same guarded application at several
 * context paths, some with a questionable setup, and one without a guard.
 */
final class Doors implements AutoCloseable {
  /** The factor by which the generated paths outnumber the sent ones; smaller in a profile. */
  static final int EVERY = Integer.getInteger("container.every", 1);

  /** The context paths of the application in the setup of README.md; the last is the root. */
  static final List<String> CONTEXTS =
      List.of("/d", "/doors", "/a-rather-long-context-path", "/multi/level", "");

  /**
   * The context path of the application behind a filter that shows another path than the served
   * one.
   */
  static final String LIAR = "/liar";

  /**
   * The context path of the application with public directories whose welcome files need a role.
   */
  static final String WELCOME = "/welcome";

  /**
   * The context path of the application with the container's servlet for files at a public path
   * too.
   */
  static final String STATICS = "/statics";

  /** The context path of the application with Tomcat's WebDAV servlet at a public path. */
  static final String WEBDAV = "/webdav";

  /** The context path of the application with beans that have doors of their own. */
  static final String BEANS = "/beans";

  /** The context path of the application without a guard. */
  static final String OUTSIDE = "/outside";

  private static final String WEB_XML = "/WEB-INF/web.xml";
  private static final String FILTERS_IN_FRONT = "<!-- filters in front -->";
  private static final String MORE_SERVLETS = "<!-- more servlets -->";
  private static final String BEAN_CLASSES = "/WEB-INF/classes/io/gatehouse/doors/ee/";
  private static final String REFUSAL = "serves every file of the application";
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final String LYING_FILTER =
      """
      <filter>
        <filter-name>liar</filter-name>
        <filter-class>io.gatehouse.doors.LiarFilter</filter-class>
        <async-supported>true</async-supported>
      </filter>
      <filter-mapping>
        <filter-name>liar</filter-name>
        <url-pattern>/*</url-pattern>
      </filter-mapping>
      """;

  private static final String PUBLIC_FILES =
      """
      <servlet-mapping>
        <servlet-name>default</servlet-name>
        <url-pattern>/static/*</url-pattern>
      </servlet-mapping>
      """;

  private static final String PUBLIC_WEBDAV =
      """
      <servlet>
        <servlet-name>webdav</servlet-name>
        <servlet-class>org.apache.catalina.servlets.WebdavServlet</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>webdav</servlet-name>
        <url-pattern>/open/dav/*</url-pattern>
      </servlet-mapping>
      """;

  private final Path directory =
      ServerProcess.directory()
          .resolveSibling("doors")
          .resolve(ContainerServer.name())
          .toAbsolutePath();
  private final int port = ServerProcess.freePort();
  private final StandIn standIn;
  private final Map<String, ClientKey> keys = new HashMap<>();
  private final Map<String, Browser> loggedIn = new HashMap<>();
  private final Map<String, Boolean> served = new HashMap<>();
  private final ContainerServer server;

  private Doors() {
    standIn =
        StandIn.start(directory.resolve("standin.log"), ServerProcess.freePort(), "3.x", List.of());
    var applications = new ArrayList<Deployed>();
    applications.add(new Deployed(ServerProcess.directory().resolve("outside.war"), OUTSIDE));
    applications.add(
        deployed(
            LIAR,
            Map.of("gatehouse.accepted-risks", "filters-in-front"),
            FILTERS_IN_FRONT,
            LYING_FILTER));
    applications.add(
        deployed(
            WELCOME,
            Map.of(
                "gatehouse.public-paths", "/,/pubdir/,/counts",
                "gatehouse.required-roles", "/index.html=Boss:Never,/pubdir/index.html=Boss:Never"),
            "",
            ""));
    if (hasServletForFiles()) {
      applications.add(
          deployed(
              STATICS,
              Map.of("gatehouse.public-paths", "/,/static/*,/counts"),
              MORE_SERVLETS,
              PUBLIC_FILES));
    }
    if (!ContainerServer.hasServletsOnly()) {
      applications.add(deployed(BEANS, Map.of(), "", ""));
    }
    if (ContainerServer.name().startsWith("tomcat")) {
      applications.add(deployed(WEBDAV, Map.of(), MORE_SERVLETS, PUBLIC_WEBDAV));
    }
    CONTEXTS.forEach(it -> applications.add(deployed(it, Map.of(), "", "")));
    server = ContainerServer.start(directory.resolve("server"), port, applications);
    standIn.await();
    keys.forEach((context, key) -> standIn.registerDidKey(key.didKey(), publicUrl(context)));
    server.await(OUTSIDE, "/reach?context=/outside", "OUTSIDE");
    CONTEXTS.forEach(it -> server.await(it, "/counts", "COUNTS"));
  }

  private Deployed deployed(
      String context, Map<String, String> overrides, String place, String text) {
    var name = context.isEmpty() ? "ROOT" : context.substring(1).replace('/', '-');
    var key = ClientKey.create(directory.resolve("keys/" + name + ".pem"));
    keys.put(context, key);
    var properties =
        new HashMap<>(
            Map.of(
                "gatehouse.issuer", standIn.issuer(),
                "gatehouse.id-token.issuer", standIn.tokenIssuer(),
                "gatehouse.signing-key", key.location(),
                "gatehouse.public-url", publicUrl(context)));
    properties.putAll(overrides);
    var war =
        new WarFile(
            ConfiguredWar.create(
                war().getFileName().toString(),
                directory.resolve("wars/" + name + ".war"),
                properties));
    if (!place.isEmpty()) {
      war.changed(WEB_XML, it -> it.replace(place, text));
    }
    // Their addresses and names are of the whole server, and may be taken once only.
    if (!context.equals(BEANS)) {
      war.without(BEAN_CLASSES + "EjbDoor.class");
    }
    if (!context.equals(BEANS) || ContainerServer.name().equals("payara-micro")) { // without IIOP
      war.without(BEAN_CLASSES + "RemoteDoor.class").without(BEAN_CLASSES + "RemoteDoorBean.class");
    }
    return new Deployed(war.path(), context);
  }

  /** Returns the application for this container. */
  static Path war() {
    return ServerProcess.directory()
        .resolve(ContainerServer.hasServletsOnly() ? "doors-servlets.war" : "doors.war");
  }

  /** Returns whether web.xml can name the container's servlet for files, as {@code default}. */
  static boolean hasServletForFiles() {
    return ContainerServer.hasServletsOnly() || ContainerServer.name().equals("wildfly");
  }

  private String publicUrl(String context) {
    return "http://localhost:" + port + context;
  }

  /** Waits until an application is served or has refused to start. */
  boolean isServed(String context) {
    return served.computeIfAbsent(context, this::awaitStart);
  }

  private boolean awaitStart(String context) {
    if (!keys.containsKey(context)) {
      return false; // it is not for this container
    }
    var end = Instant.now().plus(MAX_WAIT);
    while (Instant.now().isBefore(end)) {
      if (server.shows(context, "/counts", "COUNTS", AT_ONCE)) {
        return true;
      }
      if (List.of(STATICS, WEBDAV).contains(context) && server.log().contains(REFUSAL)) {
        return false;
      }
    }
    return false;
  }

  ContainerServer server() {
    return server;
  }

  int port() {
    return port;
  }

  URI address(String context, String path) {
    return server.address(context, path);
  }

  String issuer() {
    return standIn.issuer();
  }

  /** Returns the visits of all doors of all applications, as their endpoints count them. */
  Map<String, String> counts() {
    return CONTEXTS.stream()
        .collect(
            Collectors.toMap(
                it -> it,
                it -> new Browser().get(address(it, "/counts")).body(),
                (one, other) -> one,
                TreeMap::new));
  }

  /** Returns a person's browser, logged in at the application once for all tests. */
  Browser user(String context, String person) {
    return loggedIn.computeIfAbsent(
        context + " " + person,
        it -> {
          var browser = new Browser().with("Sec-Fetch-Site", "same-origin");
          var page = browser.logIn(address(context, "/secret"), person);
          if (!page.body().contains("SECRET servlet")) {
            throw new IllegalStateException(
                "no login at " + context + ": " + page.statusCode() + " " + page.body());
          }
          return browser;
        });
  }

  /** Returns the id that the application's key has in its JWK Set. */
  String keyId(String context) {
    return Objects.requireNonNull(keys.get(context)).didKey();
  }

  /** Returns the header with the cookies of a person who is logged in. */
  String cookie(String context, String person) {
    return "Cookie: "
        + user(context, person).cookies(address(context, "/")).entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("; "));
  }

  @Override
  public void close() {
    server.close();
    standIn.close();
  }

  /** Gives tests the doors, and closes the servers after the last test. */
  static final class Parameter implements ParameterResolver {
    private static final ExtensionContext.Namespace ALL =
        ExtensionContext.Namespace.create(Doors.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Doors.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ALL)
          .getOrComputeIfAbsent(Doors.class, it -> new Doors(), Doors.class);
    }
  }
}
