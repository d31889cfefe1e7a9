package io.gatehouse.benchmarks;

import io.gatehouse.filter.GatehouseFilter;
import io.gatehouse.filter.GatehouseInitializer;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.SessionCookieConfig;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A servlet context in which Gatehouse starts as in a container, with one filter on all paths. */
final class DeployedContext implements InvocationHandler {
  private static final String NAME = "gatehouse";

  private final Map<String, String> initParameters;
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, Servlet> servlets = new HashMap<>();
  private final ServletContext context = proxy(ServletContext.class, this);
  private @Nullable ServletRequestListener listener;

  private DeployedContext(Map<String, String> initParameters) {
    this.initParameters = initParameters;
  }

  static DeployedContext start(Map<String, String> initParameters) {
    var deployed = new DeployedContext(initParameters);
    try {
      new GatehouseInitializer().onStartup(Set.of(), deployed.context);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
    return deployed;
  }

  GatehouseFilter filter() {
    var filter = new GatehouseFilter();
    filter.init(
        proxy(
            FilterConfig.class,
            (proxy, method, arguments) ->
                method.getName().equals("getFilterName") ? NAME : context));
    return filter;
  }

  ServletRequestListener listener() {
    return Objects.requireNonNull(listener);
  }

  Servlet servlet(String pattern) {
    return Objects.requireNonNull(servlets.get(pattern));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    var first = arguments == null || arguments.length == 0 ? "" : arguments[0];
    switch (method.getName()) {
      case "getFilterRegistrations" -> {
        return Map.of(NAME, proxy(FilterRegistration.class, (p, it, given) -> ofFilter(it)));
      }
      case "getServletRegistrations" -> {
        return Map.of();
      }
      case "getClassLoader" -> {
        return DeployedContext.class.getClassLoader();
      }
      case "getServerInfo" -> {
        return "Benchmark/1.0";
      }
      case "getAttribute" -> {
        return attributes.get(first);
      }
      case "setAttribute" -> attributes.put((String) first, Objects.requireNonNull(arguments)[1]);
      case "addFilter" -> {
        return proxy(FilterRegistration.Dynamic.class, (p, it, given) -> null);
      }
      case "addServlet" -> {
        var servlet = (Servlet) Objects.requireNonNull(arguments)[1];
        return proxy(
            ServletRegistration.Dynamic.class, (p, it, given) -> mapped(it, given, servlet));
      }
      case "addListener" -> {
        if (first instanceof ServletRequestListener ofRequests) {
          listener = ofRequests;
        }
      }
      case "getSessionCookieConfig" -> {
        return proxy(SessionCookieConfig.class, (p, it, given) -> null);
      }
      default -> {
        return null;
      }
    }
    return null;
  }

  private Object ofFilter(Method method) {
    return switch (method.getName()) {
      case "getClassName" -> GatehouseFilter.class.getName();
      case "getInitParameters" -> initParameters;
      case "getUrlPatternMappings" -> List.of("/*");
      default -> List.of();
    };
  }

  private @Nullable Object mapped(Method method, Object[] given, Servlet servlet) {
    if (!method.getName().equals("addMapping")) {
      return null;
    }
    for (var pattern : (String[]) given[0]) {
      servlets.put(pattern, servlet);
    }
    return Set.of();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            DeployedContext.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
