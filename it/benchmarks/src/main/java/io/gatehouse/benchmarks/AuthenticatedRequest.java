package io.gatehouse.benchmarks;

import io.gatehouse.Tokens;
import io.gatehouse.filter.GatehouseFilter;
import io.gatehouse.internal.access.Judgements;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A page request of a logged-in user, each time of another user. */
@Fork(
    value = 2,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AuthenticatedRequest {
  private static final int STEP = 7919; // a prime, so that all sessions are visited in no order

  /** The number of live sessions. */
  @Param({"1000", "100000"})
  public int sessions;

  private LightRequest[] requests = {};
  private ServletRequestEvent[] events = {};
  private ServletRequestListener watch = new ServletRequestListener() {};
  private final Judgements judgements = new Judgements();
  private Mark mark = new Mark("", "");
  private final LightResponse response = new LightResponse();
  private GatehouseFilter open = new GatehouseFilter();
  private GatehouseFilter withRoles = new GatehouseFilter();
  private int next;

  @Setup
  public void logEverybodyIn() {
    var application = new Application(Map.of());
    open = application.filter();
    watch = application.listener();
    withRoles = new Application(Map.of("gatehouse.required-roles", "/admin/*=admin")).filter();
    requests = new LightRequest[sessions];
    for (int i = 0; i < sessions; i++) {
      requests[i] = LightRequest.page(application.session(i));
    }
    mark = markOf(open, requests[0]);
    events =
        Arrays.stream(requests)
            .map(it -> new ServletRequestEvent(Application.servletContext(), it))
            .toArray(ServletRequestEvent[]::new);
  }

  /** The attribute with which the filter marks a request that it has let through. */
  private record Mark(String name, Object value) {}

  private Mark markOf(GatehouseFilter filter, LightRequest request) {
    try {
      filter.doFilter(request.anew(), response, Application.page());
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    }
    return Collections.list(request.getAttributeNames()).stream()
        .filter(it -> it.startsWith("io.gatehouse.judged."))
        .map(it -> new Mark(it, Objects.requireNonNull(request.getAttribute(it))))
        .findFirst()
        .orElseThrow();
  }

  private LightRequest request() {
    next = (next + STEP) % requests.length;
    return requests[next].anew();
  }

  /** Passes a request through the filter to the application. */
  @Benchmark
  public LightResponse throughTheFilter() throws IOException, ServletException {
    open.doFilter(request(), response, Application.page());
    return response;
  }

  /**
   * Passes a request through the filter, with the listener before and after it, as a container
   * calls them.
   */
  @Benchmark
  public LightResponse throughListenerAndFilter() throws IOException, ServletException {
    var request = request();
    var event = events[next];
    watch.requestInitialized(event);
    open.doFilter(request, response, Application.page());
    watch.requestDestroyed(event);
    return response;
  }

  /**
   * Calls the listener, sets a mark as the filter does, and calls the tripwire, which looks for the
   * mark.
   */
  @Benchmark
  public LightRequest listenerMarkAndTripwire() {
    var request = request();
    var event = events[next];
    watch.requestInitialized(event);
    judgements.leaveForUser(request);
    request.setAttribute(mark.name(), mark.value());
    watch.requestDestroyed(event);
    return request;
  }

  /** Measures the cost of the benchmark itself. */
  @Benchmark
  public LightRequest nothing() {
    return request();
  }

  /** Passes a request through a filter of which another path requires a role. */
  @Benchmark
  public LightResponse withPathsThatAskForRoles() throws IOException, ServletException {
    withRoles.doFilter(request(), response, Application.page());
    return response;
  }

  /** Reads the session attribute: the minimum for every filter that keeps tokens in the session. */
  @Benchmark
  public @Nullable Object sessionAttribute() {
    var session = request().getSession(false);
    return session == null ? null : session.getAttribute(Tokens.ATTRIBUTE);
  }
}
