package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response that keeps what it was given, and refuses what a container refuses: {@code
 * io.gatehouse.container} compares it with real ones.
 */
public final class FakeResponse implements InvocationHandler {
  private static final Map<Object, Object> NO_TRAILERS = Map.of();

  private final ResponseHeaders headers = new ResponseHeaders();
  private final ResponseBody body = new ResponseBody(headers);
  private int status = 200;
  private Locale locale = Locale.getDefault();
  private Object trailers = NO_TRAILERS;

  public HttpServletResponse http() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            FakeResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, this);
  }

  public int status() {
    return status;
  }

  /** Returns the headers without the cookies; several of one name are joined by commas. */
  public Map<String, String> headers() {
    var joined = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    allHeaders().forEach((name, values) -> joined.put(name, String.join(", ", values)));
    joined.remove("Set-Cookie");
    return joined;
  }

  /** Returns all headers as they are sent. */
  public Map<String, List<String>> allHeaders() {
    return headers.all();
  }

  public String header(String name) {
    return Objects.requireNonNull(headers().get(name), () -> "no header " + name);
  }

  public List<Cookie> cookies() {
    return headers.values("Set-Cookie").stream().map(it -> read(it.split("; ", -1))).toList();
  }

  public Cookie cookie(String name) {
    return cookies().stream().filter(it -> it.getName().equals(name)).findFirst().orElseThrow();
  }

  /** The browser has the beginning of it already. */
  FakeResponse committed() {
    body.commit();
    return this;
  }

  boolean isCommitted() {
    return body.isCommitted();
  }

  /** Fails where the client would wait for more than was written (RFC 9112 section 6.3). */
  public FakeResponse requireWhole(String method) {
    if (!method.equals("HEAD")) {
      assertThat(headers.contentLength().orElse(body.size())).isEqualTo(body.size());
    }
    return this;
  }

  public String body() {
    return body.text();
  }

  public URI location() {
    return URI.create(header("Location"));
  }

  /** A parameter of the address that the browser is sent to. */
  public String parameter(String name) {
    return parameters().getOrDefault(name, "(no " + name + ")");
  }

  public Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : location().getRawQuery().split("&", -1)) {
      var parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] arguments)
      throws UnsupportedEncodingException {
    var given = Objects.requireNonNullElse(arguments, new Object[0]);
    switch (called.getName()) {
      case "getStatus" -> {
        return status;
      }
      case "getHeaderNames" -> {
        return List.copyOf(headers.all().keySet());
      }
      case "getHeaders" -> {
        return headers.values((String) given[0]);
      }
      case "getHeader" -> {
        return headers.values((String) given[0]).stream().findFirst().orElse(null);
      }
      case "containsHeader" -> {
        return !headers.values((String) given[0]).isEmpty();
      }
      case "getContentType" -> {
        return headers.values("Content-Type").stream().findFirst().orElse(null);
      }
      case "getCharacterEncoding" -> {
        return headers.charset();
      }
      case "getLocale" -> {
        return locale;
      }
      case "isCommitted" -> {
        return body.isCommitted();
      }
      case "getBufferSize" -> {
        return body.bufferSize();
      }
      case "getOutputStream" -> {
        return body.stream();
      }
      case "getWriter" -> {
        return body.writer();
      }
      case "getTrailerFields" -> {
        return trailers == NO_TRAILERS ? null : trailers;
      }
      case "encodeURL", "encodeRedirectURL" -> {
        return given[0];
      }
      case "flushBuffer" -> body.commit();
      case "setBufferSize" -> body.setBufferSize((int) given[0]);
      case "resetBuffer" -> body.reset();
      case "reset" -> reset();
      case "sendError" -> end((int) given[0]);
      case "sendRedirect" -> sendRedirect((String) given[0]);
      case "setTrailerFields" -> {
        body.requireUncommitted();
        trailers = given[0];
      }
      default -> {
        if (!body.isCommitted()) {
          change(called.getName(), given);
        }
      }
    }
    return null;
  }

  // After the commit these are ignored.
  private void change(String method, Object[] given) {
    switch (method) {
      case "setStatus" -> status = (int) given[0];
      case "setHeader" -> headers.set((String) given[0], (String) given[1]);
      case "addHeader" -> headers.add((String) given[0], (String) given[1]);
      case "setIntHeader" -> headers.set((String) given[0], String.valueOf(given[1]));
      case "addIntHeader" -> headers.add((String) given[0], String.valueOf(given[1]));
      case "setDateHeader" -> headers.setDate((String) given[0], (long) given[1]);
      case "addDateHeader" -> headers.addDate((String) given[0], (long) given[1]);
      case "addCookie" -> headers.add("Set-Cookie", written((Cookie) given[0]));
      case "setContentType" -> headers.setContentType((String) given[0]);
      case "setCharacterEncoding" -> headers.setCharset((String) given[0]);
      case "setContentLength", "setContentLengthLong" ->
          body.announce(((Number) given[0]).longValue());
      case "setLocale" -> {
        locale = (Locale) given[0];
        headers.set("Content-Language", locale.toLanguageTag());
      }
      default -> throw new AssertionError("a login has no business with " + method);
    }
  }

  private void reset() {
    body.resetAll();
    headers.clear();
    status = 200;
    locale = Locale.getDefault();
    trailers = NO_TRAILERS;
  }

  private void sendRedirect(String location) {
    body.requireUncommitted();
    headers.set("Location", location);
    end(HttpServletResponse.SC_FOUND);
  }

  private void end(int newStatus) {
    body.requireUncommitted();
    body.drop();
    status = newStatus;
    body.end();
  }

  private static String written(Cookie cookie) {
    var text = new StringBuilder(cookie.getName()).append('=').append(cookie.getValue());
    cookie.getAttributes().forEach((name, value) -> text.append("; ").append(name + "=" + value));
    return text.toString();
  }

  private static Cookie read(String... parts) {
    var pair = parts[0].split("=", 2);
    var cookie = new Cookie(pair[0], pair[1]);
    for (var attribute : List.of(parts).subList(1, parts.length)) {
      var named = attribute.split("=", 2);
      cookie.setAttribute(named[0], named.length == 1 ? "true" : named[1]);
    }
    return cookie;
  }
}
