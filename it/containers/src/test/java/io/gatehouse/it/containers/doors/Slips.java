package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.WarFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways to break the start of an application on the container of the moment. */
final class Slips {
  private static final String FILTER_CLASS = "io.gatehouse.filter.GatehouseFilter";
  private static final String CLASSES = "/io/gatehouse/filter/";
  private static final String END = "</web-app>";
  private static final String NOT_RUN = "Gatehouse was not started: the container did not run";
  private static final String NO_CLASS = "Gatehouse did not start: java.lang.";
  private static final String CONFIG_SOURCES =
      "/WEB-INF/classes/META-INF/services/org.eclipse.microprofile.config.spi.ConfigSource";
  private static final String WHOLE_PATTERN = "<url-pattern>/*</url-pattern>";

  private static final String SECOND_FILTER =
      """
      <filter>
        <filter-name>%s</filter-name>
        <filter-class>io.gatehouse.filter.GatehouseFilter</filter-class>
        <async-supported>true</async-supported>
      </filter>
      <filter-mapping>
        <filter-name>%s</filter-name>
        <url-pattern>/second/*</url-pattern>
      </filter-mapping>
      """;

  private static final String LIAR =
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

  private static final String OWN_LOGIN =
      """
      <servlet>
        <servlet-name>own-login</servlet-name>
        <servlet-class>io.gatehouse.doors.ServletDoor</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>own-login</servlet-name>
        <url-pattern>/gatehouse/login</url-pattern>
      </servlet-mapping>
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
        <url-pattern>/static/*</url-pattern>
      </servlet-mapping>
      """;

  private static final String DECLARED_SERVLETS =
      """
      <servlet>
        <servlet-name>counts</servlet-name>
        <servlet-class>io.gatehouse.doors.CountsServlet</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>counts</servlet-name>
        <url-pattern>/counts</url-pattern>
      </servlet-mapping>
      <servlet>
        <servlet-name>door</servlet-name>
        <servlet-class>io.gatehouse.doors.ServletDoor</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>door</servlet-name>
        <url-pattern>/secret</url-pattern>
      </servlet-mapping>
      """;

  private final Path directory;
  private final CompiledClasses application;

  /**
   * Prepares the files of the slips.
   *
   * @param war a WAR that starts
   * @param directory for files of the slips
   */
  Slips(WarFile war, Path directory) {
    this.directory = directory;
    this.application = CompiledClasses.of("application", war, directory.resolve("application"));
  }

  /** Returns the slips that stop the start. */
  List<Slip> broken() {
    var all = new ArrayList<Slip>();
    all.addAll(missing());
    all.addAll(keys());
    all.addAll(settings());
    all.addAll(otherFilters());
    all.addAll(mappings());
    return all;
  }

  private List<Slip> missing() {
    var all =
        new ArrayList<>(
            List.of(
                Slip.ofWar(
                    "jose4j-missing",
                    "Add org.bitbucket.b_c:jose4j ",
                    it -> it.withoutLibrary("jose4j")),
                Slip.ofWar(
                        "two-copies",
                        "two copies of gatehouse-filter are in use",
                        it -> it.withLibraryTwice("gatehouse-filter"))
                    .orSaid(
                        "More than one fragment with the name [gatehouse]",
                        "Duplicate fragment name: gatehouse",
                        "Duplicate names gatehouse are used",
                        "Ambiguous dependencies for type Tokens"),
                Slip.ofFilterJar(
                    "no-services",
                    NOT_RUN,
                    it ->
                        it.without(
                            "/META-INF/services/jakarta.servlet.ServletContainerInitializer")),
                Slip.ofFilterJar(
                        "guard-corrupt",
                        NO_CLASS + "ClassFormatError",
                        it -> truncated(it, "Guard.class"))
                    .orSaid(
                        "Error scanning entry",
                        "Exception while visiting io/gatehouse/filter/Guard.class"),
                withoutClass("Gatehouse"),
                withoutClass("FilterRegistry"),
                withoutClass("RequestWatch"),
                withoutClass("ApplicationStart"),
                Slip.ofFilterJar(
                    "no-texts",
                    "did not start: java.util.MissingResourceException",
                    it -> it.without("/io/gatehouse/internal/web/pages.properties")),
                throwing(
                    "source-throws",
                    "ThrowingSource",
                    "did not start: java.lang.IllegalStateException"),
                throwing(
                    "source-errs", "ErringSource", "did not start: java.lang.AssertionError")));
    if (ContainerServer.hasServletsOnly()) {
      all.add(
          Slip.ofWar(
              "slf4j-missing", "slf4j-api is missing", it -> it.withoutLibrary("slf4j-api")));
      all.add(
          Slip.ofWar(
              "parsson-missing",
              "Add org.eclipse.parsson:parsson ",
              it -> it.withoutLibrary("parsson")));
      all.add(
          Slip.ofWar(
              "config-missing",
              "Add io.smallrye.config:smallrye-config-core ",
              it -> it.withoutLibrary("smallrye-config-core")));
    }
    return all;
  }

  private static Slip withoutClass(String name) {
    return Slip.ofFilterJar(
        "without-" + name.toLowerCase(Locale.ROOT),
        NO_CLASS + "NoClassDefFoundError: io/gatehouse/filter/" + name,
        it -> it.without(CLASSES + name + ".class"));
  }

  private static WarFile truncated(WarFile jar, String name) {
    return jar.with(
        CLASSES + name, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE});
  }

  private Slip throwing(String name, String source, String says) {
    return Slip.ofWar(
        name,
        says,
        it ->
            application
                .addTo(it, "/WEB-INF/classes/")
                .with(CONFIG_SOURCES, "io.gatehouse.holes." + source + "\n"));
  }

  private List<Slip> keys() {
    try {
      Files.createDirectories(directory.resolve("key-directory"));
      Files.writeString(directory.resolve("garbage.pem"), "CANARY-KEY is no key\n");
      Files.writeString(directory.resolve("garbage.p12"), "CANARY-STORE is no store\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        Slip.ofProperties(
            "no-key",
            "names a file that does not exist. Create it",
            "signing-key",
            file("no-such-key.pem")),
        Slip.ofProperties(
            "key-directory", "cannot be read (IOException)", "signing-key", file("key-directory")),
        Slip.ofProperties(
            "key-garbage",
            "gatehouse.signing-key is neither a private JWK",
            "signing-key",
            file("garbage.pem")),
        Slip.ofProperties(
            "no-truststore",
            "gatehouse.http.truststore cannot be opened: the file is not a PKCS12 or JKS store",
            "http.truststore",
            file("garbage.p12"),
            "http.truststore-password",
            "CANARY-PASSWORD"));
  }

  private String file(String name) {
    return directory.resolve(name).toUri().toString();
  }

  private static List<Slip> settings() {
    var all =
        new ArrayList<>(
            List.of(
                Slip.ofProperties(
                    "misspelt",
                    "Did you mean gatehouse.client-secret?",
                    "client-secrt",
                    "CANARY-SECRET"),
                Slip.ofProperties(
                    "http-issuer", "gatehouse.issuer", "issuer", "http://issuer.example")));
    if (!ContainerServer.name().startsWith("payara")) { // whose provider waits for its cluster
      all.add(Slip.ofProperties("no-cache", "gatehouse.shared", "shared", "jcache:no-such-cache"));
    }
    return all;
  }

  private List<Slip> otherFilters() {
    var all = new ArrayList<>(ofOtherFilters());
    if (!ContainerServer.name().equals("jetty")) { // there ours is before it, and guards
      all.add(
          Slip.ofWar(
              "late-second-filter",
              "Gatehouse was started without the filter late",
              it ->
                  application
                      .addTo(it, "/WEB-INF/classes/")
                      .changed("/WEB-INF/web.xml", Slips::withLateListener)));
    }
    return all;
  }

  private List<Slip> ofOtherFilters() {
    return List.of(
        Slip.ofWebXml(
            "absolute-ordering",
            NOT_RUN,
            it -> it.replace("<!-- more servlets -->", "<absolute-ordering/>")),
        Slip.ofWar(
            "late-filter",
            NOT_RUN,
            it ->
                application
                    .addTo(it, "/WEB-INF/classes/")
                    .changed("/WEB-INF/web.xml", Slips::withoutFilter)
                    .changed("/WEB-INF/web.xml", Slips::withLateListener)),
        Slip.ofWar(
            "delegating-filter",
            NOT_RUN,
            it ->
                application
                    .addTo(it, "/WEB-INF/classes/")
                    .changed(
                        "/WEB-INF/web.xml",
                        text -> text.replace(FILTER_CLASS, "io.gatehouse.holes.DelegatingFilter"))),
        Slip.ofWebXml(
            "unusable-names",
            "cannot be part of property names",
            it -> atEnd(it, SECOND_FILTER.formatted("Second Gate", "Second Gate"))),
        Slip.ofWebXml(
                "one-path",
                "use the same path",
                it -> atEnd(it, SECOND_FILTER.formatted("second", "second")))
            .with("gatehouse.path", "/auth", "second.path", "/auth"),
        Slip.ofWebXml(
            "path-taken",
            "the application has a servlet at /gatehouse/login",
            it -> atEnd(it, OWN_LOGIN)));
  }

  private static String withLateListener(String webXml) {
    return atEnd(
        webXml,
        "<listener><listener-class>io.gatehouse.holes.LateListener</listener-class></listener>\n");
  }

  private static String withoutFilter(String webXml) {
    return webXml.replaceAll("(?s)<filter>.*</filter-mapping>", "");
  }

  private static String atEnd(String webXml, String text) {
    return webXml.replace(END, text + END);
  }

  private static List<Slip> mappings() {
    var all = new ArrayList<>(List.of(ROOT, SERVLET_NAME, FORWARD, RULE, IN_FRONT, NO_MAPPING));
    fileServlet().ifPresent(all::add);
    return all;
  }

  private static final Slip ROOT =
      mapping("mapped-to-root", "is mapped to /, which matches", "<url-pattern>/</url-pattern>");
  private static final Slip SERVLET_NAME =
      mapping(
          "servlet-name-mapping",
          "is mapped by <servlet-name> only",
          "<servlet-name>io.gatehouse.doors.ServletDoor</servlet-name>");
  private static final Slip FORWARD =
      mapping(
          "forward-mapping",
          "has <dispatcher>REQUEST</dispatcher>",
          WHOLE_PATTERN + "<dispatcher>FORWARD</dispatcher>");
  private static final Slip RULE =
      mapping("rule-elsewhere", "have no effect", "<url-pattern>/admin/*</url-pattern>")
          .with("required-roles", "/admin/*=a,/boss/*=b", "public-paths", "/counts");
  private static final Slip IN_FRONT =
      Slip.ofWebXml(
          "filters-in-front",
          "the filters liar run before",
          it -> it.replace("<!-- filters in front -->", LIAR));
  private static final Slip NO_MAPPING =
      Slip.ofWebXml(
          "no-mapping",
          "has no <filter-mapping>",
          it -> it.replaceAll("(?s)<filter-mapping>.*</filter-mapping>", ""));

  private static Slip mapping(String name, String says, String pattern) {
    return Slip.ofWebXml(name, says, it -> it.replace(WHOLE_PATTERN, pattern))
        .with("required-roles", "");
  }

  private static Optional<Slip> fileServlet() {
    return switch (ContainerServer.name()) {
      case "tomcat-10.1", "tomcat-11" -> Optional.of(fileServlet(PUBLIC_WEBDAV));
      case "wildfly", "jetty" -> Optional.of(fileServlet(PUBLIC_FILES));
      default -> Optional.empty();
    };
  }

  private static Slip fileServlet(String text) {
    return Slip.ofWebXml(
            "public-file-servlet",
            "serves every file of the application below",
            it -> atEnd(it, text))
        .with("public-paths", "/,/counts,/static/*");
  }

  /** Returns the slips that are accepted, and changes that stop no start. */
  List<Slip.Accepted> accepted() {
    var all = new ArrayList<Slip.Accepted>();
    all.add(ROOT.accepted("root-mapping", List.of(), List.of("/secret")));
    all.add(
        SERVLET_NAME.accepted("servlet-name-mapping", List.of("/secret"), List.of("/file.txt")));
    all.add(
        FORWARD.accepted(
            "no-request-dispatch",
            List.of("/open/dispatch?by=forward&to=/secret"),
            List.of("/secret")));
    all.add(RULE.accepted("unmapped-rule", List.of("/admin/secret"), List.of("/boss/secret")));
    all.add(IN_FRONT.accepted("filters-in-front", List.of("/secret", "/file.txt"), List.of()));
    all.add(NO_MAPPING.accepted("not-mapped", List.of(), List.of("/secret", "/file.txt")));
    fileServlet()
        .ifPresent(
            it ->
                all.add(
                    it.accepted(
                        "public-file-servlet", List.of("/secret", "/file.txt"), List.of())));
    all.add(
        new Slip.Accepted(
            Slip.ofWebXml("metadata-complete", "", Slips::complete),
            List.of("/secret", "/file.txt", "/dir/"),
            List.of()));
    return all;
  }

  private static String complete(String webXml) {
    return atEnd(
        webXml.replaceFirst("version=\"6.0\">", "version=\"6.0\" metadata-complete=\"true\">"),
        DECLARED_SERVLETS);
  }
}
