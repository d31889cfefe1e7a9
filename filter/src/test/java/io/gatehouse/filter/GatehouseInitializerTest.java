package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.Risk;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.deployment.FilterMapping;
import io.gatehouse.internal.observability.CapturedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start with the application: whole, or not at all. */
@Tag("case-77")
class GatehouseInitializerTest {
  private final Map<String, FilterRegistration> filters = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String> mappings = new LinkedHashMap<>();
  private final List<EventListener> listeners = new ArrayList<>();
  private final Map<String, Object> sessionCookie = new HashMap<>();
  private final List<Object> trackingModes = new ArrayList<>();
  private final Map<String, ServletRegistration> servlets = new HashMap<>();
  private List<String> urlPatterns = List.of("/*");
  private List<String> servletNames = List.of();
  private List<String> urlPatternsOfDispatches = List.of();
  private boolean servletsFail;
  private boolean closed;
  private String webXml = "";
  private final List<Object> dispatches = new ArrayList<>();
  private Set<String> taken = Set.of();
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void undeploy() {
    ended(context());
    log.close();
  }

  private void start() throws ServletException {
    new GatehouseInitializer().onStartup(null, context());
  }

  private void filter(String name, String className, ValidConfiguration configuration) {
    filters.put(
        name,
        Deployment.proxy(
            FilterRegistration.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getClassName" -> className;
                  case "getInitParameters" -> configuration.initParameters();
                  case "getUrlPatternMappings" -> urlPatterns;
                  case "getServletNameMappings" -> servletNames;
                  default -> throw new AssertionError(method.getName());
                }));
  }

  private void gatehouse(ValidConfiguration configuration) {
    filter("gatehouse", GatehouseFilter.class.getName(), configuration);
  }

  private ServletContext context() {
    return Deployment.proxy(
        ServletContext.class,
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "getFilterRegistrations" -> {
              return filters;
            }
            case "getClassLoader" -> {
              return GatehouseInitializerTest.class.getClassLoader();
            }
            case "getResourceAsStream" -> {
              return webXml.isEmpty()
                  ? null
                  : new ByteArrayInputStream(webXml.getBytes(StandardCharsets.UTF_8));
            }
            case "getServerInfo" -> {
              return "Test/1.0";
            }
            case "getServletRegistrations" -> {
              if (servletsFail) {
                throw new NoClassDefFoundError("org/jose4j/jwx/Headers");
              }
              return servlets;
            }
            case "getFilterRegistration" -> {
              return null;
            }
            case "addFilter" -> {
              return addedFilter((String) arguments[0]);
            }
            case "getSessionCookieConfig" -> {
              return sessionCookieConfig();
            }
            case "addServlet" -> {
              return registration();
            }
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "addListener" -> listeners.add((EventListener) arguments[0]);
            case "setSessionTrackingModes" -> trackingModes.addAll((Set<?>) arguments[0]);
            default -> throw new AssertionError("no business with " + method.getName());
          }
          return null;
        });
  }

  private SessionCookieConfig sessionCookieConfig() {
    return Deployment.proxy(
        SessionCookieConfig.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getAttribute")) {
            return sessionCookie.get((String) arguments[0]);
          }
          if (method.getName().equals("setAttribute")) {
            sessionCookie.put((String) arguments[0], arguments[1]);
          } else {
            sessionCookie.put(method.getName().substring("set".length()), arguments[0]);
          }
          return null;
        });
  }

  private FilterRegistration.Dynamic addedFilter(String name) {
    return Deployment.proxy(
        FilterRegistration.Dynamic.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("addMappingForUrlPatterns")) {
            if (name.equals("gatehouse closed")) {
              assertThat((String[]) arguments[2]).containsExactly("/*");
              closed = true;
              return null;
            }
            dispatches.add(arguments[0]);
            assertThat(arguments[1]).as("after those of web.xml").isEqualTo(false);
            assertThat((String[]) arguments[2])
                .containsExactlyElementsOf(
                    urlPatternsOfDispatches.isEmpty() ? urlPatterns : urlPatternsOfDispatches);
          }
          return null;
        });
  }

  private ServletRegistration.Dynamic registration() {
    return Deployment.proxy(
        ServletRegistration.Dynamic.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("addMapping")) {
            var pattern = ((String[]) arguments[0])[0];
            mappings.put(pattern, "gatehouse");
            return taken.contains(pattern) ? Set.of(pattern) : Set.of();
          }
          assertThat(method.getName()).isEqualTo("setAsyncSupported");
          assertThat(arguments[0]).isEqualTo(true);
          return null;
        });
  }

  @Test
  void addsAServletForEachOfOurPathsAndReadiesTheFilter() throws Exception {
    gatehouse(ValidConfiguration.ofVerifier());
    start();
    assertThat(mappings.keySet())
        .containsExactly(
            "/gatehouse/request/*",
            "/gatehouse/jwks",
            "/gatehouse/callback",
            "/gatehouse/login",
            "/gatehouse/session",
            "/gatehouse/keep-open.js",
            "/gatehouse/logout",
            "/gatehouse/logged-out",
            "/gatehouse/backchannel-logout",
            "/gatehouse/frontchannel-logout");
    var ready = Objects.requireNonNull(attributes.get(FilterRegistry.ATTRIBUTE));
    new GatehouseFilter().init(Deployment.filterConfig(ready));
  }

  @Test
  void ourPathsAreWhereTheConfigurationPutsThem() throws Exception {
    gatehouse(ValidConfiguration.ofVerifier().with(Property.PATH, "/own"));
    start();
    assertThat(mappings.keySet()).allMatch(it -> it.startsWith("/own/"));
  }

  @Test
  void tellsWhatIsToBeRegistered() throws Exception {
    gatehouse(
        ValidConfiguration.ofVerifier().with(Property.BACKEND_URL, "https://inside.example/shop"));
    start();
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0))
        .contains(
            ValidConfiguration.RFC_7515_A_3_DID_KEY,
            "redirect_uri https://app.example/shop/gatehouse/callback",
            "request_uri https://inside.example/shop/gatehouse/request/*",
            "jwks_uri https://inside.example/shop/gatehouse/jwks")
        .doesNotContain("jpsQnnGQmL");
  }

  @Test
  void aRequestUriIsToBeRegisteredOnlyWhereRequestsAreHosted() throws Exception {
    gatehouse(ValidConfiguration.ofOidc().with(Property.REQUEST_MODE, "pushed"));
    start();
    assertThat(mappings.keySet())
        .contains("/gatehouse/callback")
        .doesNotContain("/gatehouse/request/*");
    assertThat(log.ours().get(0))
        .contains("no request_uri (requests are pushed, RFC 9126)")
        .doesNotContain("/gatehouse/request");
  }

  @Tag("case-63")
  @Test
  void theSessionIsInACookieThatNoScriptReads() throws Exception {
    gatehouse(ValidConfiguration.ofVerifier());
    start();
    assertThat(trackingModes.toString()).isEqualTo("[COOKIE]");
    assertThat(sessionCookie)
        .containsEntry("HttpOnly", true)
        .containsEntry("Secure", true)
        .containsEntry("SameSite", "Lax");
  }

  @Test
  void aSameSiteOfTheApplicationIsKept() throws Exception {
    sessionCookie.put("SameSite", "Strict");
    gatehouse(ValidConfiguration.ofVerifier());
    start();
    assertThat(sessionCookie).containsEntry("SameSite", "Strict");
  }

  @Test
  void theSessionCookieIsNotSecureWhereTheApplicationIsOnHttp() throws Exception {
    gatehouse(ValidConfiguration.ofVerifier().with(Property.PUBLIC_URL, "http://localhost:8080"));
    start();
    assertThat(sessionCookie).doesNotContainKey("Secure");
  }

  @Test
  void asksTheServerOnlyWhenSomebodyLogsInIfItShallNotWarmUp() throws Exception {
    try (var server = new FakeAuthorizationServer(Clock.systemUTC())) {
      server.isIssuer();
      gatehouse(warmingUp(server.origin()).with(Property.WARM_UP, "false"));
      start();
      assertThat(server.calls()).isEmpty();
    }
  }

  @Test
  void asksTheServerAtOnceByDefault() throws Exception {
    try (var server = new FakeAuthorizationServer(Clock.systemUTC())) {
      server.isIssuer();
      gatehouse(warmingUp(server.origin()));
      start();
      awaitTrue(() -> server.calls().size() == 2);
      assertThat(server.calls()).containsExactly("/.well-known/openid-configuration", "/jwks");
      assertThat(log.ours()).hasSize(1); // what is to be registered
    }
  }

  @Test
  void aServerThatIsNotThereYetIsNoFaultOfTheDeployment() throws Exception {
    String origin;
    try (var server = new FakeAuthorizationServer(Clock.systemUTC())) {
      origin = server.origin();
    }
    gatehouse(warmingUp(origin));
    start();
    awaitTrue(() -> log.ours().size() == 2);
    assertThat(log.ours().get(1))
        .startsWith(
            "WARNING GH411 the authorization server does not answer yet; the next login asks");
  }

  private static ValidConfiguration warmingUp(String issuer) {
    return ValidConfiguration.ofVerifier().with(Property.ISSUER, issuer).without(Property.WARM_UP);
  }

  private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void doesNothingForAnApplicationWithoutTheFilter() throws Exception {
    filter("other", "com.example.OtherFilter", ValidConfiguration.ofVerifier());
    start();
    assertThat(mappings).isEmpty();
    assertThat(attributes).isEmpty();
    assertThat(sessionCookie).isEmpty();
  }

  @Test
  void aWrongConfigurationStopsTheDeploymentWithAllFaults() {
    gatehouse(
        ValidConfiguration.ofVerifier()
            .without(Property.ISSUER)
            .with(Property.SIGNING_KEY, "canary"));
    assertThatThrownBy(this::start)
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("gatehouse.issuer", "gatehouse.signing-key", "2 faults")
        .hasMessageNotContaining("canary");
    assertThat(mappings).isEmpty();
    assertThat(attributes.keySet()).containsExactly(StartFaultException.FAULT);
    assertThat(closed).as("for a container that goes on").isTrue();
  }

  private static String mapped(String filter, String rest) {
    return "<filter-mapping><filter-name>" + filter + "</filter-name>" + rest + "</filter-mapping>";
  }

  private void webXml(String... mappings) {
    webXml =
        "<!DOCTYPE web-app PUBLIC \"-//Sun//x\" \"http://127.0.0.1:1/x.dtd\"><web-app>"
            + String.join("", mappings)
            + "</web-app>";
  }

  private void slip(Risk risk) {
    switch (risk) {
      case NOT_MAPPED -> urlPatterns = List.of();
      case ROOT_MAPPING -> urlPatterns = List.of("/");
      case SERVLET_NAME_MAPPING -> {
        urlPatterns = List.of();
        servletNames = List.of("pages");
      }
      case NO_REQUEST_DISPATCH ->
          webXml(
              mapped("gatehouse", "<url-pattern>/*</url-pattern><dispatcher>ASYNC</dispatcher>"));
      case UNMAPPED_RULE -> urlPatterns = List.of("/orders/*");
      case PUBLIC_FILE_SERVLET ->
          servlets.put("files", files("io.undertow.servlet.handlers.DefaultServlet"));
      case FILTERS_IN_FRONT ->
          webXml(
              mapped("cors", "<url-pattern> /api/* </url-pattern>"),
              mapped("late", "<url-pattern>/*</url-pattern><dispatcher>FORWARD</dispatcher>"),
              mapped("named", "<servlet-name>pages</servlet-name>"),
              mapped("gatehouse", "<url-pattern>/*</url-pattern>"),
              mapped("behind", "<url-pattern>/*</url-pattern>"));
      case DOORS_BESIDE -> {} // a warning, by classes that this build has not
    }
  }

  private static ServletRegistration files(String className) {
    return Deployment.proxy(
        ServletRegistration.class,
        (proxy, method, arguments) ->
            method.getName().equals("getClassName") ? className : List.of("/static/*"));
  }

  private static ValidConfiguration withRules() {
    return ValidConfiguration.ofVerifier()
        .with(Property.PUBLIC_PATHS, "/static/*")
        .with(Property.REQUIRED_ROLES, "/orders/new=boss")
        .with(Property.REQUIRED_ACR, "/pay/*=gold");
  }

  @Tag("case-106")
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DOORS_BESIDE")
  void aSlipStopsTheStartAndSaysWhatIsOpenAndWhatToWrite(Risk risk) throws Exception {
    slip(risk);
    gatehouse(withRules());
    assertThatThrownBy(this::start)
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("add " + risk.wireName() + " to gatehouse.accepted-risks");
    assertThat(mappings).isEmpty();
  }

  @Tag("case-106")
  @ParameterizedTest
  @EnumSource
  void aSlipThatIsMeantIsAccepted(Risk risk) throws Exception {
    slip(risk);
    var also = risk == Risk.UNMAPPED_RULE ? "" : ",unmapped-rule";
    gatehouse(withRules().with(Property.ACCEPTED_RISKS, risk.wireName() + also));
    start();
    assertThat(mappings).containsKey("/gatehouse/callback");
  }

  @Tag("case-106")
  @Test
  void onlyFiltersThatSeeRequestsBeforeOursAreInFront() {
    slip(Risk.FILTERS_IN_FRONT);
    gatehouse(withRules());
    assertThatThrownBy(this::start)
        .hasMessageContaining("the filters cors run before the filter gatehouse")
        .hasMessageNotContainingAny("late", "named", "behind");
  }

  @Tag("case-106")
  @Test
  void theRulesThatNoMappingCoversAreNamed() {
    slip(Risk.UNMAPPED_RULE);
    gatehouse(withRules());
    assertThatThrownBy(this::start)
        .hasMessageContaining("required-max-age for /pay/* have no effect")
        .hasMessageNotContaining("/orders/new");
  }

  @Tag("case-106")
  @ParameterizedTest
  @CsvSource({
    "/*, /a/b, true", "/a/*, /a, true", "/a/*, /a/b/*, true", "/a/*, /ab, false",
    "/a/*, /*, false", "/a, /a, true", "/a, /a/*, false", "*.do, /a/b.do, true",
    "*.do, /a/*, false", "/, /a, false"
  })
  void aMappingCoversTheRulesThatItReaches(String mapping, String rule, boolean covers) {
    assertThat(FilterMapping.covers(mapping, rule)).isEqualTo(covers);
  }

  @Tag("case-106")
  @Test
  void theServersOwnServletForFilesIsNoSlipWhereItHasTheWholePath() throws Exception {
    servlets.put("default", files("org.apache.catalina.servlets.DefaultServlet"));
    gatehouse(withRules());
    start();
    assertThat(mappings).isNotEmpty();
  }

  @Tag("case-106")
  @Test
  void aPatternForForwardsOnlyGuardsNoRequests() {
    webXml(
        mapped("gatehouse", "<url-pattern>/*</url-pattern><dispatcher>FORWARD</dispatcher>"),
        mapped("gatehouse", "<url-pattern>/app/*</url-pattern>"));
    gatehouse(ValidConfiguration.ofVerifier().with(Property.REQUIRED_ROLES, "/admin/*=boss"));
    assertThatThrownBy(this::start).hasMessageContaining("for /admin/* have no effect");
  }

  @Tag("case-106")
  @Test
  void aRuleForMoreThanTheMappingHasAnEffect() throws Exception {
    urlPatterns = List.of("/app/*");
    gatehouse(ValidConfiguration.ofVerifier().with(Property.REQUIRED_ROLES, "/*=user"));
    start();
    assertThat(mappings).isNotEmpty();
  }

  @Tag("case-106")
  @Test
  void aFilterBehindANarrowMappingOfOursIsInFrontOfTheOther() {
    webXml(
        mapped("gatehouse", "<url-pattern>/x</url-pattern>"),
        mapped("cors", "<url-pattern>/*</url-pattern>"),
        mapped("gatehouse", "<url-pattern>/*</url-pattern>"));
    gatehouse(ValidConfiguration.ofVerifier());
    assertThatThrownBy(this::start).hasMessageContaining("the filters cors run before");
  }

  @Tag("case-106")
  @Test
  void aFilterOfOtherPathsIsNotInFront() throws Exception {
    urlPatterns = List.of("/app/*");
    webXml(
        mapped("cors", "<url-pattern>/open-api/*</url-pattern>"),
        mapped("gatehouse", "<url-pattern>/app/*</url-pattern>"));
    gatehouse(ValidConfiguration.ofVerifier());
    start();
    assertThat(mappings).isNotEmpty();
  }

  /** Jetty reports no mapping before the application has started. */
  @Tag("case-106")
  @Test
  void aMappingThatOnlyWebXmlTellsOfCounts() throws Exception {
    urlPatterns = List.of();
    webXml(mapped("gatehouse", "<url-pattern>/*</url-pattern>"));
    gatehouse(withRules());
    urlPatternsOfDispatches = List.of("/*");
    start();
    assertThat(log.ours().get(0)).contains("protected: /*");
    assertThat(dispatches).hasSize(1);
  }

  @Tag("case-106")
  @Test
  void aWebXmlThatCannotBeReadIsTheContainersAffair() throws Exception {
    webXml = "<web-app><filter-mapping>";
    gatehouse(ValidConfiguration.ofVerifier());
    start();
    assertThat(mappings).isNotEmpty();
  }

  @Tag("case-104")
  @Test
  void furtherDispatchesAreGuardedWhateverWebXmlMapsTheFilterTo() throws Exception {
    gatehouse(ValidConfiguration.ofVerifier());
    start();
    assertThat(dispatches)
        .containsExactly(
            EnumSet.of(DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ASYNC));
  }

  @Tag("case-105")
  @Test
  void anUnforeseenFaultStopsTheStartWithOneMessage() {
    gatehouse(ValidConfiguration.ofVerifier());
    servletsFail = true;
    assertThatThrownBy(this::start)
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("Gatehouse did not start", "NoClassDefFoundError", "jose4j");
    assertThat((String) attributes.get(StartFaultException.FAULT)).contains("NoClassDefFoundError");
    assertThat(attributes).doesNotContainKey(FilterRegistry.ATTRIBUTE);
  }

  private void second(String name, ValidConfiguration configuration) {
    filter(name, GatehouseFilter.class.getName(), configuration);
  }

  @Test
  void eachFilterHasItsOwnPathsAndItsOwnGate() throws Exception {
    gatehouse(ValidConfiguration.ofVerifier());
    second("staff", ValidConfiguration.ofOidc());
    start();
    assertThat(mappings.keySet())
        .hasSize(20)
        .contains("/gatehouse/gatehouse/callback", "/gatehouse/staff/callback");
    assertThat(log.ours()).hasSize(2);
    assertThat(log.ours().get(1))
        .contains("behind the filter staff", "/shop/gatehouse/staff/callback", "protected: /*");
    var ready = (FilterRegistry) Objects.requireNonNull(attributes.get(FilterRegistry.ATTRIBUTE));
    assertThat(ready.named("staff")).isPresent().isNotEqualTo(ready.named("gatehouse"));
    var own = FakeRequest.get("/gatehouse/staff/callback");
    assertThat(ready.isOwn(own.http())).isFalse();
    assertThat(ready.isOwn(own.servedBy("gatehouse /gatehouse/staff/callback").http())).isTrue();
    assertThat(ready.named("other")).isEmpty();
  }

  @Test
  void allFaultsOfAllFiltersAreOneMessage() {
    gatehouse(ValidConfiguration.ofVerifier().without(Property.ISSUER));
    second("staff", ValidConfiguration.ofOidc().without(Property.CLIENT_ID));
    assertThatThrownBy(this::start)
        .hasMessageContainingAll(
            "2 faults", "gatehouse.gatehouse.issuer is missing", "gatehouse.staff.client-id is");
    assertThat(mappings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"session", "http", "client-auth", "Staff", "staff.one", "my filter", "issuer"})
  void aFilterThatIsOneOfSeveralHasANameForProperties(String name) {
    gatehouse(ValidConfiguration.ofVerifier());
    second(name, ValidConfiguration.ofOidc());
    assertThatThrownBy(this::start)
        .hasMessageContainingAll("1 fault", "GH311 the filter-name " + name + " cannot be part of");
  }

  @Test
  void theOnlyFilterMayHaveAnyName() throws Exception {
    second("My Filter", ValidConfiguration.ofVerifier());
    start();
    assertThat(mappings).containsKey("/gatehouse/callback");
  }

  @Test
  void twoFiltersCannotHaveOnePath() {
    gatehouse(ValidConfiguration.ofVerifier().with(Property.PATH, "/own"));
    second("staff", ValidConfiguration.ofOidc().with(Property.PATH, "/own"));
    assertThatThrownBy(this::start)
        .hasMessageContainingAll(
            "1 fault",
            "GH312 gatehouse.staff.path: filters \"gatehouse\" and \"staff\" use the same path");
  }

  @Test
  void aPathThatTheApplicationHasTakenIsAFault() {
    gatehouse(ValidConfiguration.ofVerifier());
    taken = Set.of("/gatehouse/callback");
    assertThatThrownBy(this::start)
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("gatehouse.path is in use");
  }

  @Test
  void keysAreWatchedFromTheApplicationsBeginningToItsEnd(@TempDir Path folder) throws Exception {
    var key = folder.resolve("current");
    Files.writeString(key, ValidConfiguration.RFC_7515_A_3);
    gatehouse(ValidConfiguration.ofVerifier().with(Property.SIGNING_KEY, key.toUri().toString()));
    start();
    assertThat(watching()).as("a deployment may fail still").isFalse();
    for (var listener : listeners) {
      if (listener instanceof ServletContextListener it) {
        it.contextInitialized(new ServletContextEvent(context()));
      }
    }
    assertThat(watching()).isTrue();
    ended(context());
    awaitTrue(() -> !watching());
  }

  private static boolean watching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(it -> it.getName().equals("gatehouse key files"));
  }

  private void ended(ServletContext context) {
    for (var listener : listeners) {
      if (listener instanceof ServletContextListener it) {
        it.contextDestroyed(new ServletContextEvent(context));
      }
    }
  }
}
