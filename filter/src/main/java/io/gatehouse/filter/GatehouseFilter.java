package io.gatehouse.filter;

import io.gatehouse.LoginNeededException;
import io.gatehouse.ServerUnavailableException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The filter that an application names in its web.xml. Everything that it is mapped to needs a
 * log-in, except {@code gatehouse.public-paths}.
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>gatehouse</filter-name>
 *   <filter-class>io.gatehouse.filter.GatehouseFilter</filter-class>
 *   <async-supported>true</async-supported>
 * </filter>
 * <filter-mapping>
 *   <filter-name>gatehouse</filter-name>
 *   <url-pattern>/*</url-pattern>
 * </filter-mapping>
 * }</pre>
 */
public final class GatehouseFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final AtomicBoolean firstSeen = new AtomicBoolean();
  private transient @Nullable Gates gates;
  private transient @Nullable Gatehouse gatehouse;

  /** For the container. */
  public GatehouseFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    super.init(config);
    if (!(config.getServletContext().getAttribute(Gates.GATES) instanceof Gates started)) {
      throw new ServletException(
          "Gatehouse was not started: the container did not run io.gatehouse.filter"
              + ".GatehouseInitializer. If web.xml has <absolute-ordering>, add <name>gatehouse</name>"
              + " or <others/> to it");
    }
    gates = started;
    gatehouse =
        started
            .named(config.getFilterName())
            .orElseThrow(
                () ->
                    new ServletException(
                        "Gatehouse was started without a filter "
                            + config.getFilterName()
                            + ". Declare it in web.xml: one that is added later has no servlets"));
  }

  @Override
  protected void doFilter(
      HttpServletRequest ofContainer, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var all = gates;
    var gate = gatehouse;
    if (all == null || gate == null) {
      throw new ServletException("the container used the filter before it was initialized");
    }
    var request = gate.behind(ofContainer);
    try {
      pass(all, gate, ofContainer, request, response, chain);
    } finally {
      if (request instanceof NamedRequest named) {
        named.leave();
      }
    }
  }

  private void pass(
      Gates all,
      Gatehouse gate,
      HttpServletRequest ofContainer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && !firstSeen.get() // nearly always: so that threads share what they only read
        && !firstSeen.getAndSet(true)) {
      firstRequest(gate, request);
    }
    if (all.isOwn(request.getServletPath(), Optional.ofNullable(request.getPathInfo()))) {
      own(gate, ofContainer, response, chain);
      return;
    }
    if (request.getMethod().equals("TRACE")) { // it would show the session cookie to a script
      response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
      BareRefusal.send(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "TRACE");
      return;
    }
    Optional<SessionTokens> tokens;
    try {
      tokens = gate.session().find(request);
    } catch (ServerUnavailableException unknown) { // whether the server has ended the session
      withoutServer(gate, unknown, request, response, chain);
      return;
    }
    if (isFurtherDispatch(request)) {
      chain.doFilter(tokens.isPresent() ? gate.asSeen(request, tokens) : request, response);
    } else if (tokens.isPresent()) {
      loggedIn(gate, tokens.get(), request, response, chain);
    } else {
      anonymous(gate, request, response, chain);
    }
  }

  private static void firstRequest(Gatehouse gate, HttpServletRequest request) {
    gate.firstRequest();
    if (!request.isAsyncSupported()) {
      warnThatNothingAnswersLater();
    }
  }

  // No API tells it earlier: what a filter of web.xml supports shows in a request only.
  private static void warnThatNothingAnswersLater() {
    LOG.log(
        Logger.Level.WARNING,
        "what answers asynchronously fails behind the Gatehouse filter: this filter, or one before"
            + " it, is without async support. Add <async-supported>true</async-supported> to it in"
            + " web.xml");
  }

  private static void own(
      Gatehouse gate, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (ServerUnavailableException unknown) {
      gate.problems().sendUnavailable(request, response, unknown);
    }
  }

  // The request that began it has been let through, or refused, already.
  private static boolean isFurtherDispatch(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR
        || request.getDispatcherType() == DispatcherType.ASYNC;
  }

  private static void loggedIn(
      Gatehouse gate,
      SessionTokens tokens,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      gate.session().freshOfFound(tokens);
    } catch (LoginNeededException ended) {
      gate.session().noteThatItWasThere(request, tokens);
      anonymous(gate, request, response, chain);
      return;
    } catch (ServerUnavailableException down) {
      withoutServer(gate, down, request, response, chain);
      return;
    }
    if (gate.accessCheck().admits(tokens.user(), request, response)) {
      application(gate, Optional.of(tokens), request, response, chain);
    }
  }

  // What the application asks of its tokens may turn out not to be there in the middle of a page,
  // and on a public page there may be nobody; CDI, Jakarta REST and JSP wrap what then comes out.
  private static void application(
      Gatehouse gate,
      Optional<SessionTokens> tokens,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(gate.asSeen(request, tokens), response);
    } catch (IOException | ServletException | RuntimeException e) {
      var ended = Causes.find(e, LoginNeededException.class);
      var down = Causes.find(e, ServerUnavailableException.class);
      if (response.isCommitted() || (ended.isEmpty() && down.isEmpty())) {
        throw e;
      }
      response.resetBuffer();
      if (down.isPresent()) {
        gate.problems().sendUnavailable(request, response, down.get());
        return;
      }
      // An application that wants a log-in again and again is a loop like any other.
      gate.loginRedirect().begin(request, response, RequestPath.of(request));
    }
  }

  // A public page needs no user, so it is there also while nobody can be known.
  private static void withoutServer(
      Gatehouse gate,
      ServerUnavailableException down,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    var path = RequestPath.of(request);
    if (isFurtherDispatch(request) || (!path.isAmbiguous() && gate.isPublic(path))) {
      application(gate, Optional.empty(), request, response, chain);
    } else {
      gate.problems().sendUnavailable(request, response, down);
    }
  }

  private static void anonymous(
      Gatehouse gate, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = RequestPath.of(request);
    if (path.isAmbiguous()) {
      gate.problems().sendAmbiguous(request, response);
    } else if (gate.isPublic(path)) {
      application(gate, Optional.empty(), request, response, chain);
    } else {
      gate.loginRedirect().begin(request, response, path);
    }
  }
}
