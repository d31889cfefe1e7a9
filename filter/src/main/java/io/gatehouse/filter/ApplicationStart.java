package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.health.KnownServers;
import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.FilterName;
import io.gatehouse.internal.deployment.BesideDoors;
import io.gatehouse.internal.deployment.FilterMapping;
import io.gatehouse.internal.deployment.JarCopies;
import io.gatehouse.internal.deployment.JettyWebSockets;
import io.gatehouse.internal.deployment.MappingSlips;
import io.gatehouse.internal.deployment.NeededApis;
import io.gatehouse.internal.deployment.WebXml;
import io.gatehouse.internal.message.DeploymentFaults;
import io.gatehouse.internal.web.Answers;
import io.gatehouse.internal.web.Page;
import io.gatehouse.internal.web.PublicUrl;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionTrackingMode;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Starts Gatehouse with the application, if its web.xml declares the filter. It reads the
 * configuration, and stops the deployment if the configuration is faulty. It adds a servlet for
 * each of Gatehouse's own paths, a filter for further dispatches and a listener. (A filter can add
 * none of these: it is initialized too late, Servlet 6.0 section 4.4.)
 */
final class ApplicationStart {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private ApplicationStart() {}

  /**
   * Starts the parts behind each filter of the application.
   *
   * @throws ConfigurationException listing all faults
   */
  static void of(ServletContext context) {
    var filters = new TreeMap<String, FilterRegistration>(context.getFilterRegistrations());
    filters.values().removeIf(it -> !GatehouseFilter.class.getName().equals(it.getClassName()));
    if (filters.isEmpty()) {
      return; // the jar is present but unused
    }
    if (JarCopies.areSeveral(GatehouseFilter.class, context.getClassLoader())) {
      throw StartFaultException.secondCopy();
    }
    NeededApis.require();
    Page.requireTexts();
    start(context, read(filters, context));
  }

  private static List<FilterStart> read(
      Map<String, FilterRegistration> filters, ServletContext context) {
    var classLoader = context.getClassLoader();
    var webXml = WebXml.of(context);
    var mappings = new LinkedHashMap<String, FilterMapping>();
    filters.forEach((name, it) -> mappings.put(name, FilterMapping.of(name, it, webXml)));
    var faults = new LinkedHashSet<String>();
    var starts = new ArrayList<FilterStart>();
    filters.forEach(
        (name, filter) -> {
          if (filters.size() > 1 && !FilterName.isUsable(name)) {
            faults.add(DeploymentFaults.FILTER_NAME.formatted(name));
            return;
          }
          try {
            var start =
                new FilterStart(
                    new FilterName(name, filters.keySet()), filter, webXml, classLoader);
            starts.add(start);
            faults.addAll(
                new MappingSlips(
                        start.deployed(), webXml, mappings, context.getServletRegistrations())
                    .faults());
          } catch (ConfigurationException e) {
            faults.addAll(e.faults());
          }
        });
    var byPath = new LinkedHashMap<String, String>();
    for (var start : starts) {
      var path = start.configuration().application().path();
      var other = byPath.put(path, start.name().text());
      if (other != null) {
        var name = start.name().text();
        faults.add(
            DeploymentFaults.SAME_PATH.formatted("gatehouse." + name + ".path", other, name));
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(List.copyOf(faults));
    }
    return starts;
  }

  private static void start(ServletContext context, List<FilterStart> starts) {
    var opened = new LinkedHashMap<String, Gatehouse>();
    try {
      starts.forEach(it -> opened.put(it.name().text(), it.open()));
      start(context, starts, new FilterRegistry(opened));
    } catch (RuntimeException | LinkageError e) {
      opened.values().forEach(Gatehouse::close);
      throw e;
    }
  }

  private static void start(
      ServletContext context, List<FilterStart> starts, FilterRegistry registry) {
    registry.servlets().forEach((at, servlet) -> add(context, at, servlet));
    starts.forEach(it -> guardDispatches(context, it, registry));
    starts.forEach(it -> FrontFilter.addIfMeant(context, it));
    var deployed = starts.stream().map(FilterStart::deployed).toList();
    JettyWebSockets.placeBehind(context, deployed);
    context.addListener(RequestWatch.of(starts, registry));
    BesideDoors.warn(context, deployed);
    context.setAttribute(FilterRegistry.ATTRIBUTE, registry);
    context.setAttribute(Tokens.FINDER, registry.tokensFinder());
    registry.only().ifPresent(it -> context.setAttribute(Answers.ATTRIBUTE, it.answers()));
    context.addListener(
        new Life(() -> KnownServers.add(registry), () -> KnownServers.remove(registry)));
    protectSessionCookie(context, starts);
    for (var start : starts) {
      var gatehouse = registry.named(start.name().text()).orElseThrow();
      context.addListener(gatehouse.liveSessions());
      context.addListener(new Life(() -> {}, gatehouse::close));
      start
          .watchKeys(gatehouse)
          .ifPresent(it -> context.addListener(new Life(it::start, it::close)));
      if (start.configuration().http().warmUp()) {
        gatehouse.warmUp();
      }
      LOG.log(Logger.Level.INFO, start.announcement().text());
    }
  }

  private static void add(ServletContext context, String pattern, Servlet servlet) {
    var registration = context.addServlet(FilterRegistry.servletName(pattern), servlet);
    if (registration == null) {
      throw new ConfigurationException(
          List.of(
              DeploymentFaults.SERVLET_NAME_IN_USE.formatted(FilterRegistry.servletName(pattern))));
    }
    registration.setAsyncSupported(true);
    if (!registration.addMapping(pattern).isEmpty()) {
      throw new ConfigurationException(List.of(DeploymentFaults.PATH_IN_USE.formatted(pattern)));
    }
  }

  // Covers the same paths as the filter in web.xml, for all other dispatcher types: forwards,
  // includes and asynchronous dispatches come from judged pages, or from places where nothing was
  // judged.
  private static void guardDispatches(
      ServletContext context, FilterStart start, FilterRegistry registry) {
    var gatehouse = registry.named(start.name().text()).orElseThrow();
    var guard = new DispatchFilter(registry, gatehouse);
    var registration = context.addFilter("gatehouse dispatches " + start.name().text(), guard);
    if (registration == null) {
      throw new ConfigurationException(List.of(DeploymentFaults.STARTED_TWICE));
    }
    registration.setAsyncSupported(true);
    start
        .mapping()
        .addTo(
            registration,
            EnumSet.of(DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ASYNC));
  }

  // The session gives access to the tokens: its id must never be in a URL, nor readable by a
  // script.
  private static void protectSessionCookie(ServletContext context, List<FilterStart> starts) {
    context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
    var cookie = context.getSessionCookieConfig();
    cookie.setHttpOnly(true);
    if (cookie.getAttribute("SameSite") == null) {
      cookie.setAttribute("SameSite", "Lax");
    }
    if (starts.stream()
        .flatMap(it -> it.configuration().application().publicUrl().configured().stream())
        .anyMatch(PublicUrl::isSecure)) {
      cookie.setSecure(true);
    }
  }

  // Not before the application begins: a failed deployment never reports its end.
  private record Life(Runnable begin, Runnable end) implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      begin.run();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      end.run();
    }
  }
}
