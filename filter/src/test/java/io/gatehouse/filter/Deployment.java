package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.internal.access.WelcomeFiles;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.ClientRegistrations;
import io.gatehouse.internal.session.Events;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An application behind the filter, with our servlets where a container would put them. */
public final class Deployment implements AutoCloseable {
  private static final String NAME = "gatehouse";

  private final String contextPath;
  private final Configuration configuration;
  private final Gatehouse gatehouse;
  private final GatehouseFilter filter = new GatehouseFilter();
  private Optional<RuntimeException> failure = Optional.empty();
  private final List<HttpServletRequest> reached = new CopyOnWriteArrayList<>();

  public Deployment(Configuration configuration, AdjustableClock clock, String contextPath)
      throws ServletException {
    this(
        configuration,
        clock,
        contextPath,
        ClusterParts.Shared.ofSingleNode(clock),
        Events.NONE,
        Telemetry.NONE,
        new FixedRandom());
  }

  /** Deploys one node of several, if its shared parts are shared with others. */
  public Deployment(
      Configuration configuration,
      AdjustableClock clock,
      String contextPath,
      ClusterParts.Shared shared,
      Events events)
      throws ServletException {
    this(configuration, clock, contextPath, shared, events, Telemetry.NONE, new SecureRandom());
  }

  /** Deploys an application that telemetry observes. */
  public Deployment(
      Configuration configuration, AdjustableClock clock, String contextPath, Telemetry telemetry)
      throws ServletException {
    this(
        configuration,
        clock,
        contextPath,
        ClusterParts.Shared.ofSingleNode(clock),
        Events.NONE,
        telemetry,
        new SecureRandom());
  }

  private Deployment(
      Configuration configuration,
      AdjustableClock clock,
      String contextPath,
      ClusterParts.Shared shared,
      Events events,
      Telemetry telemetry,
      SecureRandom random)
      throws ServletException {
    this.contextPath = contextPath;
    this.configuration = configuration;
    gatehouse =
        new Gatehouse(configuration, WelcomeFiles.USUAL, shared, events, telemetry, clock, random);
    filter.init(filterConfig(new FilterRegistry(Map.of(NAME, gatehouse))));
  }

  static FilterConfig filterConfig(@Nullable Object attribute) {
    var context =
        proxy(
            ServletContext.class,
            (proxy, method, arguments) -> {
              if (method.getName().equals("getAttribute")) {
                return Objects.equals(arguments[0], FilterRegistry.ATTRIBUTE) ? attribute : null;
              }
              if (method.getName().equals("getFilterRegistration")) {
                throw new IllegalStateException("the application has started"); // as most do
              }
              throw new AssertionError("no business with " + method.getName());
            });
    return proxy(
        FilterConfig.class,
        (proxy, method, arguments) -> method.getName().equals("getFilterName") ? NAME : context);
  }

  public static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Deployment.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  public Gatehouse gatehouse() {
    return gatehouse;
  }

  /** A session of a user who has logged in here. */
  FakeSession sessionOfUser(AdjustableClock clock) {
    var registration =
        ClientRegistrations.named(
            configuration.server(), configuration.clientId(), configuration.access().roles());
    return new FakeSession("of a user")
        .with(Tokens.ATTRIBUTE, LoggedIn.tokens(clock, registration, Optional.empty()));
  }

  /** The requests that the application's own servlets saw. */
  public List<HttpServletRequest> reached() {
    return reached;
  }

  /** Makes the application's own servlets throw this exception from now on. */
  void fails(RuntimeException newFailure) {
    failure = Optional.of(newFailure);
  }

  public FakeResponse answer(FakeRequest request) throws IOException, ServletException {
    return answer(request, new FakeResponse());
  }

  /** Answers a request by a response that an earlier filter has begun. */
  FakeResponse answer(FakeRequest request, FakeResponse response)
      throws IOException, ServletException {
    request.context(contextPath);
    return answer(request, response, chain(request));
  }

  /** Answers a request in the context of the application, whose part the chain plays. */
  FakeResponse answer(FakeRequest request, FilterChain chain) throws IOException, ServletException {
    return answer(request, new FakeResponse(), chain);
  }

  FakeResponse answer(FakeRequest request, FakeResponse response, FilterChain chain)
      throws IOException, ServletException {
    filter.doFilter(request.answeredBy(response).http(), response.http(), chain);
    return response.requireWhole(request.http().getMethod());
  }

  GatehouseFilter filter() {
    return filter;
  }

  private FilterChain chain(FakeRequest request) {
    var path = request.path();
    for (var entry : gatehouse.servlets().entrySet()) {
      var pattern = entry.getKey();
      var prefix = pattern.replace("/*", "");
      if (pattern.endsWith("/*") && (path + "/").startsWith(prefix + "/")) {
        request.decodedAs(prefix, path.equals(prefix) ? null : path.substring(prefix.length()));
        request.servedBy(FilterRegistry.servletName(pattern));
        return entry.getValue()::service;
      }
      if (path.equals(pattern)) {
        request.decodedAs(path, null);
        request.servedBy(FilterRegistry.servletName(pattern));
        return entry.getValue()::service;
      }
    }
    return this::application;
  }

  private void application(ServletRequest request, ServletResponse response) {
    reached.add((HttpServletRequest) request);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  Servlet servlet(String pattern) {
    return Objects.requireNonNull(gatehouse.servlets().get(pattern));
  }

  @Override
  public void close() {
    gatehouse.close();
  }
}
