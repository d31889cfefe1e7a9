package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.health.GatehouseReadiness;
import io.gatehouse.internal.cluster.JCaches;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.observability.OpenTelemetrySignals;
import io.gatehouse.internal.session.CdiEvents;
import io.gatehouse.internal.session.Events;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The jar in an application that has no CDI, no Jakarta REST client and no JCache. */
class WithoutOptionalApisTest {
  private static final URL JAR =
      GatehouseInitializer.class.getProtectionDomain().getCodeSource().getLocation();

  private final Map<String, Object> attributes = new HashMap<>();
  private final List<EventListener> listeners = new ArrayList<>();
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void stop() {
    log.close();
  }

  /** A class loader that loads Gatehouse's classes again, and hides the optional APIs. */
  private static final class Without extends URLClassLoader {
    private static final List<String> APIS =
        List.of(
            "jakarta.enterprise.",
            "jakarta.inject.",
            "jakarta.ws.rs.",
            "jakarta.websocket.",
            "javax.cache.",
            "io.opentelemetry.",
            "org.eclipse.microprofile.health.");

    Without() {
      super(new URL[] {JAR}, WithoutOptionalApisTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (APIS.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.gatehouse.")) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Test
  void gatehouseStarts() throws Exception {
    try (var without = new Without()) {
      var context = context(without);
      var initializer =
          (ServletContainerInitializer)
              without
                  .loadClass(GatehouseInitializer.class.getName())
                  .getConstructor()
                  .newInstance();
      initializer.onStartup(null, context);
      var gatehouse = Objects.requireNonNull(attributes.get(FilterRegistry.ATTRIBUTE));
      assertThat(gatehouse.getClass().getClassLoader()).isSameAs(without);
      ended(context);
    }
  }

  @Test
  void nobodyIsToldOfEvents() throws Exception {
    try (var without = new Without()) {
      var events = without.loadClass(Events.class.getName());
      var of = events.getDeclaredMethod("of", ClassLoader.class);
      of.setAccessible(true);
      assertThat(of.invoke(null, without)).isSameAs(field(events));
    }
    assertThat(Events.of(getClass().getClassLoader())).isInstanceOf(CdiEvents.class);
  }

  private static Object field(Class<?> events) throws ReflectiveOperationException {
    var none = events.getDeclaredField("NONE");
    none.setAccessible(true);
    return none.get(null);
  }

  @Test
  void everyClassOutsideTheirPackagesLinks() throws Exception {
    try (var without = new Without()) {
      for (var name : classes()) {
        if (needsThem(name)) {
          assertThatThrownBy(() -> link(without, name)).as(name).isInstanceOf(LinkageError.class);
        } else {
          link(without, name);
        }
      }
    }
  }

  // What a container does that looks for annotations.
  private static void link(ClassLoader loader, String name) throws ClassNotFoundException {
    var type = Class.forName(name, true, loader);
    assertThat(type.getDeclaredMethods()).isNotNull();
    assertThat(type.getDeclaredConstructors()).isNotNull();
    assertThat(type.getDeclaredFields()).isNotNull();
  }

  // Annotations that are not there are no reason not to load the class that bears them.
  private static boolean needsThem(String name) {
    return (name.startsWith("io.gatehouse.rest.")
            && !name.endsWith("$Sent")
            && !name.endsWith("$Body"))
        || name.startsWith("io.gatehouse.internal.open.OpenWebSocket")
        || name.startsWith("io.gatehouse.internal.open.OpenEventStream")
        || name.startsWith(JCaches.class.getName())
        || name.equals(OpenTelemetrySignals.class.getName())
        || name.equals(OpenTelemetrySignals.class.getName() + "$SpanStep")
        || name.equals(GatehouseReadiness.class.getName());
  }

  private static List<String> classes() throws Exception {
    var root = Path.of(JAR.toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(it -> root.relativize(it).toString())
          .filter(it -> it.endsWith(".class") && !it.endsWith("package-info.class"))
          .map(it -> it.substring(0, it.length() - 6).replace('/', '.'))
          .toList();
    }
  }

  private ServletContext context(ClassLoader loader) {
    var filter =
        Deployment.proxy(
            FilterRegistration.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getClassName" -> GatehouseFilter.class.getName();
                  case "getUrlPatternMappings" -> List.of("/*");
                  case "getServletNameMappings" -> null; // as on Open Liberty
                  default -> ValidConfiguration.ofVerifier().initParameters();
                });
    return Deployment.proxy(
        ServletContext.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getFilterRegistrations" -> Map.of("gatehouse", filter);
              case "getClassLoader" -> loader;
              case "getSessionCookieConfig" ->
                  Deployment.proxy(SessionCookieConfig.class, (p, m, a) -> null);
              case "addServlet" ->
                  Deployment.proxy(
                      ServletRegistration.Dynamic.class,
                      (p, m, a) -> m.getName().equals("addMapping") ? Set.of() : null);
              case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
              case "addFilter" ->
                  Deployment.proxy(FilterRegistration.Dynamic.class, (p, m, a) -> null);
              case "getServletRegistrations" -> Map.of();
              case "addListener" -> listeners.add((EventListener) arguments[0]);
              default -> null;
            });
  }

  private void ended(ServletContext context) {
    for (var listener : listeners) {
      if (listener instanceof ServletContextListener it) {
        it.contextDestroyed(new ServletContextEvent(context));
      }
    }
  }
}
