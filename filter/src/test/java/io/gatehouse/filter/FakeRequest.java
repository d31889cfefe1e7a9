package io.gatehouse.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as a lenient container hands it over: dots and doubled slashes stay as they came, and
 * bad UTF-8 becomes U+FFFD. What a login has no business with (body, parameters, a new session
 * unless allowed) fails the test. Otherwise it refuses what a container refuses: {@code
 * io.gatehouse.container} compares it with real ones.
 */
public final class FakeRequest implements InvocationHandler {
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Object> attributes = new HashMap<>();
  private final List<Cookie> cookies = new ArrayList<>();
  private final String method;
  private final String uri;
  private final @Nullable String query;
  private String contextPath = "";
  private @Nullable String servletPath;
  private @Nullable String pathInfo;
  private @Nullable FakeSession session;
  private @Nullable String sentSessionId;
  private boolean beginsElsewhere;
  private boolean sessionAllowed;
  private Consumer<FakeSession> whenSessionBegins = begun -> {};
  private @Nullable RuntimeException sessionRefusal;
  private RequestBody body = new RequestBody(null);
  private boolean parametersAllowed;
  private @Nullable FakeResponse response;
  private long declaredLength = -1;
  private boolean sessionIdFromUrl;
  private boolean secure;
  private boolean asyncSupported = true;
  private boolean asyncStarted;
  private boolean asyncCompleted;
  private String remoteAddr = "127.0.0.1";
  private String localAddr = "127.0.0.1";
  private DispatcherType dispatcherType = DispatcherType.REQUEST;
  private String servlet = "default";
  private @Nullable ServletContext servletContext;

  private FakeRequest(String method, String target) {
    this.method = method;
    var mark = target.indexOf('?');
    this.uri = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? null : target.substring(mark + 1);
  }

  public static FakeRequest of(String method, String target) {
    return new FakeRequest(method, target);
  }

  public static FakeRequest get(String target) {
    return of("GET", target);
  }

  /** A browser that opens a page. */
  public static FakeRequest navigation(String target) {
    return get(target)
        .header("Accept", "text/html,application/xhtml+xml")
        .header("Sec-Fetch-Mode", "navigate")
        .header("Sec-Fetch-Dest", "document");
  }

  /** Returns the same request again, without a session and without permission to begin one. */
  FakeRequest copy() {
    var copy = new FakeRequest(method, query == null ? uri : uri + "?" + query);
    headers.forEach((name, values) -> copy.headers.put(name, new ArrayList<>(values)));
    copy.cookies.addAll(cookies);
    copy.body = body.unread();
    copy.declaredLength = declaredLength;
    copy.sessionIdFromUrl = sessionIdFromUrl;
    copy.secure = secure;
    copy.remoteAddr = remoteAddr;
    copy.localAddr = localAddr;
    copy.dispatcherType = dispatcherType;
    copy.servletPath = servletPath;
    copy.pathInfo = pathInfo;
    return copy;
  }

  /** Returns whether the value is the authorization server's description of its own error. */
  boolean isErrorOfServer(String value) {
    return query != null
        && Arrays.stream(query.split("&", -1))
            .filter(it -> it.startsWith("error"))
            .map(it -> it.substring(it.indexOf('=') + 1))
            .anyMatch(it -> it.equals(value) || decoded(it).equals(value));
  }

  /** Returns the values that an outsider chose: of the query, of headers and of cookies. */
  List<String> input() {
    var input = new ArrayList<String>();
    for (var pair : query == null ? new String[0] : query.split("&", -1)) {
      var value = pair.substring(pair.indexOf('=') + 1);
      input.addAll(List.of(value, decoded(value)));
    }
    headers.values().forEach(input::addAll);
    cookies.forEach(it -> input.add(it.getValue()));
    return input;
  }

  public FakeRequest header(String name, String value) {
    headers.computeIfAbsent(name, it -> new ArrayList<>()).add(value);
    return this;
  }

  FakeRequest without(String name) {
    headers.remove(name);
    return this;
  }

  public FakeRequest cookie(String name, String value) {
    cookies.add(new Cookie(name, value));
    return this;
  }

  /** A form, for those who read it themselves. */
  public FakeRequest form(String encoded) {
    body = new RequestBody(encoded.getBytes(StandardCharsets.UTF_8));
    return header("Content-Type", "application/x-www-form-urlencoded");
  }

  FakeRequest declaredLength(long bytes) {
    declaredLength = bytes;
    return this;
  }

  /** Returns the number of bytes of the body that were read. */
  int readBytes() {
    return body.readBytes();
  }

  public FakeRequest context(String path) {
    contextPath = path;
    return this;
  }

  /** Sets the path as the container decoded it. */
  public FakeRequest decodedAs(String newServletPath, @Nullable String newPathInfo) {
    servletPath = newServletPath;
    pathInfo = newPathInfo;
    return this;
  }

  /** Sets the servlet by which the container serves the request. */
  public FakeRequest servedBy(String servletName) {
    servlet = servletName;
    return this;
  }

  public FakeRequest inside(ServletContext newServletContext) {
    servletContext = newServletContext;
    return this;
  }

  public FakeRequest attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  FakeRequest in(@Nullable FakeSession newSession) {
    if (!beginsElsewhere) {
      session = newSession;
      sentSessionId = newSession == null ? null : newSession.sent();
    }
    return this;
  }

  /** Makes this a request with the id of a session that has ended, for which another has begun. */
  public FakeRequest begunIn(FakeSession newSession) {
    beginsElsewhere = true;
    session = newSession.justBegun();
    sentSessionId = "of a session that has ended";
    return this;
  }

  /** Permits that a session is created from now on. */
  public FakeRequest mayBeginSession() {
    sessionAllowed = true;
    return this;
  }

  /** Runs what another request does with a session that has just begun. */
  public FakeRequest whenSessionBegins(Consumer<FakeSession> other) {
    whenSessionBegins = other;
    return this;
  }

  /** Refuses to create a session, as a container does that has too many. */
  public FakeRequest refusingSessions(RuntimeException refusal) {
    sessionRefusal = refusal;
    return this;
  }

  /** Permits that the body is consumed as parameters, as an application may do. */
  public FakeRequest mayReadParameters() {
    parametersAllowed = true;
    return this;
  }

  /** Sets the response, after whose commit no session begins. */
  public FakeRequest answeredBy(FakeResponse newResponse) {
    response = newResponse;
    return this;
  }

  FakeRequest sessionIdFromUrl() {
    sessionIdFromUrl = true;
    return this;
  }

  public FakeRequest secure() {
    secure = true;
    return this;
  }

  public FakeRequest withoutAsync() {
    asyncSupported = false;
    return this;
  }

  public FakeRequest from(String remote) {
    remoteAddr = remote;
    return this;
  }

  public FakeRequest to(String local) {
    localAddr = local;
    return this;
  }

  public FakeRequest dispatchedAs(DispatcherType type) {
    dispatcherType = type;
    asyncStarted = false;
    asyncCompleted = false;
    return this;
  }

  /** Returns whether an asynchronous request was completed. */
  boolean isCompleted() {
    return asyncCompleted;
  }

  @Nullable FakeSession session() {
    return session != null && session.isValid() ? session : null;
  }

  /** The decoded path within the application, as the container sees it. */
  String path() {
    if (servletPath != null) {
      return servletPath + (pathInfo == null ? "" : pathInfo);
    }
    var withoutContext = uri.startsWith(contextPath) ? uri.substring(contextPath.length()) : uri;
    return decoded(withoutContext.replaceAll(";[^/]*", ""));
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notPercentEncoded) {
      return path;
    }
  }

  public HttpServletRequest http() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, this);
  }

  private @Nullable String charset() {
    return body.charset()
        .or(
            () ->
                headers("Content-Type").stream()
                    .filter(it -> it.contains("charset="))
                    .map(it -> it.substring(it.indexOf("charset=") + "charset=".length()))
                    .findFirst())
        .orElse(null);
  }

  private Map<String, String[]> parameters() {
    if (!parametersAllowed) {
      throw new AssertionError("a login has no business with parameters, which consume the body");
    }
    return body.parameters(query == null ? "" : query);
  }

  private @Nullable String parameter(String name) {
    var values = parameters().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] arguments)
      throws UnsupportedEncodingException {
    return switch (called.getName()) {
      case "getMethod" -> method;
      case "getRequestURI" -> uri;
      case "getQueryString" -> query;
      case "getCharacterEncoding" -> charset();
      case "getContextPath" -> contextPath;
      case "getServletPath" -> servletPath == null ? path() : servletPath;
      case "getPathInfo" -> pathInfo;
      case "getHeader" -> header(arguments);
      case "getHeaders" -> Collections.enumeration(headers(text(arguments, 0)));
      case "getHeaderNames" -> Collections.enumeration(List.copyOf(headers.keySet()));
      case "getIntHeader" -> intHeader(arguments);
      case "getContentType" -> headers("Content-Type").stream().findFirst().orElse(null);
      case "getContentLengthLong" -> declaredLength;
      case "getInputStream" -> body.stream();
      case "getReader" -> body.reader(charset());
      case "setCharacterEncoding" -> setCharset(text(arguments, 0));
      case "getParameter" -> parameter(text(arguments, 0));
      case "getParameterValues" -> parameters().get(text(arguments, 0));
      case "getParameterMap" -> parameters();
      case "getParameterNames" -> Collections.enumeration(parameters().keySet());
      case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(new Cookie[0]);
      case "getLocales" -> Collections.enumeration(locales());
      case "isSecure" -> secure;
      case "isAsyncSupported" -> asyncSupported;
      case "startAsync" -> startAsync();
      case "isAsyncStarted" -> asyncStarted;
      case "getAsyncContext" -> asyncContext();
      case "getRemoteAddr" -> remoteAddr;
      case "getLocalAddr" -> localAddr;
      case "getDispatcherType" -> dispatcherType;
      case "getUserPrincipal", "getRemoteUser", "getAuthType" ->
          null; // the container knows no user
      case "getProtocol" -> "HTTP/1.1";
      case "getHttpServletMapping" -> mapping();
      case "getServletContext" ->
          servletContext == null ? contextWithoutServlets() : servletContext;
      case "setAttribute" -> setAttribute(Objects.requireNonNull(arguments));
      case "removeAttribute" -> attributes.remove(text(arguments, 0));
      case "getAttribute" -> attributes.get(text(arguments, 0));
      case "getAttributeNames" -> Collections.enumeration(List.copyOf(attributes.keySet()));
      case "isRequestedSessionIdFromURL" -> sessionIdFromUrl;
      case "getRequestedSessionId" -> sentSessionId;
      case "isRequestedSessionIdValid" -> isSentSessionIdValid();
      case "getSession" -> session(arguments == null || Boolean.TRUE.equals(arguments[0]));
      case "changeSessionId" -> changedSessionId();
      case "toString" -> method + " " + uri;
      default -> throw new AssertionError("a login has no business with " + called.getName());
    };
  }

  private @Nullable Object setCharset(String charset) throws UnsupportedEncodingException {
    body.setCharset(charset);
    return null;
  }

  private @Nullable Object setAttribute(@Nullable Object[] given) {
    var name = (String) Objects.requireNonNull(given[0]);
    return given[1] == null ? attributes.remove(name) : attributes.put(name, given[1]);
  }

  private int intHeader(Object @Nullable [] arguments) {
    var value = header(arguments);
    return value == null ? -1 : Integer.parseInt(value);
  }

  private AsyncContext startAsync() {
    if (!asyncSupported || asyncStarted) {
      throw new IllegalStateException("the request cannot become asynchronous");
    }
    asyncStarted = true;
    return asyncContext();
  }

  private AsyncContext asyncContext() {
    if (!asyncStarted) {
      throw new IllegalStateException("no asynchronous request");
    }
    return Deployment.proxy(
        AsyncContext.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("complete")) {
            throw new AssertionError("a login has no business with " + method.getName());
          }
          if (asyncCompleted) {
            throw new IllegalStateException("the asynchronous request is completed");
          }
          asyncCompleted = true;
          return null;
        });
  }

  private HttpServletMapping mapping() {
    return Deployment.proxy(
        HttpServletMapping.class,
        (proxy, method, arguments) -> method.getName().equals("getServletName") ? servlet : "/*");
  }

  private ServletContext contextWithoutServlets() {
    return Deployment.proxy(
        ServletContext.class,
        (proxy, method, arguments) ->
            method.getName().equals("getContextPath") ? contextPath : null);
  }

  private static String text(Object @Nullable [] arguments, int index) {
    return arguments == null ? "" : String.valueOf(arguments[index]);
  }

  private List<String> headers(String name) {
    var values = new ArrayList<>(headers.getOrDefault(name, List.of()));
    if (name.equalsIgnoreCase("Cookie") && !cookies.isEmpty()) {
      values.add(
          cookies.stream()
              .map(it -> it.getName() + "=" + it.getValue())
              .collect(Collectors.joining("; ")));
    }
    return values;
  }

  private @Nullable String header(Object @Nullable [] arguments) {
    var values = headers(text(arguments, 0));
    return values.isEmpty() ? null : values.get(0);
  }

  private List<Locale> locales() {
    var accepted = headers.get("Accept-Language");
    return accepted == null ? List.of(Locale.getDefault()) : languages(accepted.get(0));
  }

  // As containers do, which take a malformed header for none.
  private static List<Locale> languages(String accepted) {
    try {
      return Locale.LanguageRange.parse(accepted).stream()
          .map(it -> Locale.forLanguageTag(it.getRange()))
          .toList();
    } catch (IllegalArgumentException malformed) {
      return List.of(Locale.getDefault());
    }
  }

  private @Nullable Object session(boolean create) {
    if (session() == null && create) {
      if (!sessionAllowed) {
        throw new AssertionError("a session came to be for somebody who has not logged in");
      }
      if (response != null && response.isCommitted()) {
        throw new IllegalStateException("the response is committed, so no cookie can be set");
      }
      if (sessionRefusal != null) {
        throw sessionRefusal;
      }
      // As some containers do, the id that the browser asked for is taken again.
      session = new FakeSession(session == null ? "new" : session.id()).justBegun();
      whenSessionBegins.accept(session);
    }
    var living = session();
    return living == null ? null : living.http();
  }

  // As containers do, of the session that the request has found, by the id that it has now.
  private boolean isSentSessionIdValid() {
    var living = session();
    return living != null && living.id().equals(sentSessionId);
  }

  private String changedSessionId() {
    var living = session();
    if (living == null) {
      throw new IllegalStateException("no session");
    }
    return living.changeId();
  }
}
