package io.gatehouse.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of almost no cost, so that the filter alone is measured. A method that this class does
 * not implement throws an exception.
 */
final class LightRequest extends HttpServletRequestWrapper {
  private static final HttpServletRequest NOTHING_ELSE =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              LightRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private static final Map<String, String> HEADERS =
      Map.of(
          "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
          "Accept-Language", "en-GB,en;q=0.7,es;q=0.3",
          "Sec-Fetch-Mode", "navigate",
          "Sec-Fetch-Dest", "document",
          "Sec-Fetch-Site", "none");

  private static final ServletRequest NO_OTHER =
      (ServletRequest)
          Proxy.newProxyInstance(
              LightRequest.class.getClassLoader(),
              new Class<?>[] {ServletRequest.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  // Only the names of its servlets are asked for.
  private static final ServletContext CONTEXT =
      (ServletContext)
          Proxy.newProxyInstance(
              LightRequest.class.getClassLoader(),
              new Class<?>[] {ServletContext.class},
              (proxy, method, arguments) ->
                  method.getName().equals("getContextPath") ? "/shop" : null);

  private static final HttpServletMapping MAPPING =
      new HttpServletMapping() {
        @Override
        public String getMatchValue() {
          return "list";
        }

        @Override
        public String getPattern() {
          return "/orders/*";
        }

        @Override
        public String getServletName() {
          return "orders";
        }

        @Override
        public MappingMatch getMappingMatch() {
          return MappingMatch.PATH;
        }
      };

  private final String[] names = new String[8];
  private final Object[] values = new Object[8];
  private int attributes;
  private final String servletPath;
  private final @Nullable String pathInfo;
  private final @Nullable String query;
  private final Optional<HttpSession> session;
  private final String uri;

  private LightRequest(
      String servletPath,
      @Nullable String pathInfo,
      @Nullable String query,
      Optional<HttpSession> session) {
    super(NOTHING_ELSE);
    this.servletPath = servletPath;
    this.pathInfo = pathInfo;
    this.query = query;
    this.session = session;
    uri = "/shop" + servletPath + Objects.requireNonNullElse(pathInfo, "");
  }

  /** Returns a person's request for a page, without a session. */
  static LightRequest page() {
    return new LightRequest("/orders/list", null, "page=3&sort=date", Optional.empty());
  }

  /** Returns a person's request for the page at a path, without a session. */
  static LightRequest page(String path) {
    return new LightRequest(path, null, null, Optional.empty());
  }

  /** Returns a person's request for a page, in a session. */
  static LightRequest page(HttpSession session) {
    return new LightRequest("/orders/list", null, "page=3&sort=date", Optional.of(session));
  }

  /** Returns the authorization server's request for a request object. */
  static LightRequest requestObject(String handle) {
    return new LightRequest("/gatehouse/request", "/" + handle, null, Optional.empty());
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getContextPath() {
    return "/shop";
  }

  @Override
  public String getRequestURI() {
    return uri; // made once, so that only the filter allocates
  }

  @Override
  public String getServletPath() {
    return servletPath;
  }

  @Override
  public @Nullable String getPathInfo() {
    return pathInfo;
  }

  @Override
  public @Nullable String getQueryString() {
    return query;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return HEADERS.get(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    var value = HEADERS.get(name);
    return value == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(HEADERS.keySet());
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    return null;
  }

  // Few attributes, without an object for each, so that only the filter allocates.
  @Override
  public @Nullable Object getAttribute(String name) {
    for (int i = 0; i < attributes; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public void setAttribute(String name, Object value) {
    names[attributes] = name;
    values[attributes++] = value;
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return Collections.enumeration(Arrays.asList(names).subList(0, attributes));
  }

  /** Returns the same request in its initial state. */
  LightRequest anew() {
    attributes = 0;
    return this;
  }

  @Override
  public ServletRequest getRequest() {
    return NO_OTHER; // this request is the container's own
  }

  @Override
  public ServletContext getServletContext() {
    return CONTEXT;
  }

  @Override
  public HttpServletMapping getHttpServletMapping() {
    return MAPPING;
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public boolean isAsyncSupported() {
    return true;
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return session.orElse(null);
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    return false;
  }
}
