package io.gatehouse.it.load;

import io.gatehouse.filter.GatehouseFilter;
import io.gatehouse.filter.GatehouseInitializer;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * The application with its single page, and the filter before it. System properties name the
 * application's port and its authorization server.
 */
final class Application {
  static final String PATH = "/app";
  static final String PORT = "load.port";
  static final String ISSUER = "load.issuer";

  /** The number of characters of the bare variant's redirect. */
  static final String LOCATION = "load.location";

  private Application() {}

  /** Creates an application without starting it. */
  static Context create(Variant variant, Path directory) {
    var context = new StandardContext();
    context.setPath(PATH);
    context.setDocBase(directory.toAbsolutePath().toString());
    context.addLifecycleListener(new Tomcat.FixContextListener());
    // Containers have it; without it, no filter would see the paths that only filters answer.
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    var page = Tomcat.addServlet(context, "page", new PageServlet());
    page.setAsyncSupported(true);
    page.addMapping("/page");
    switch (variant) {
      case BARE -> {
        var redirect = new RedirectServlet(Integer.getInteger(LOCATION, 600));
        Tomcat.addServlet(context, "redirect", redirect).addMapping("/redirect");
      }
      case SESSION -> add(context, new SessionFilter(), "session", "/page");
      case GATEHOUSE -> {
        var filter = filter("gatehouse");
        filter.setFilterClass(GatehouseFilter.class.getName());
        add(context, filter, "/*");
        context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
      }
      case PAC4J -> {
        var pac4j = new Pac4jFilters();
        add(context, pac4j.callback(), "callback", "/callback");
        add(context, pac4j.security(), "security", "/page");
      }
      case SPRING -> context.addServletContainerInitializer(new SpringInitializer(), Set.of());
    }
    return context;
  }

  /** Returns the address of the application, as browsers know it. */
  static String publicUrl() {
    return "http://localhost:" + Integer.getInteger(PORT) + PATH;
  }

  static String issuer() {
    return System.getProperty(ISSUER, "");
  }

  private static void add(Context context, Filter filter, String name, String pattern) {
    var definition = filter(name);
    definition.setFilter(filter);
    definition.setFilterClass(filter.getClass().getName());
    add(context, definition, pattern);
  }

  private static FilterDef filter(String name) {
    var definition = new FilterDef();
    definition.setFilterName(name);
    definition.setAsyncSupported("true");
    return definition;
  }

  private static void add(Context context, FilterDef definition, String pattern) {
    context.addFilterDef(definition);
    var mapping = new FilterMap();
    mapping.setFilterName(definition.getFilterName());
    mapping.addURLPattern(pattern);
    context.addFilterMap(mapping);
  }
}
