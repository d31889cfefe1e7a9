package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response that keeps what it was given. */
public final class FakeResponse implements InvocationHandler {
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Cookie> cookies = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean committed;
  private int status = 200;

  public HttpServletResponse http() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            FakeResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, this);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public String header(String name) {
    return Objects.requireNonNull(headers.get(name), () -> "no header " + name);
  }

  public List<Cookie> cookies() {
    return cookies;
  }

  public Cookie cookie(String name) {
    return cookies.stream().filter(it -> it.getName().equals(name)).findFirst().orElseThrow();
  }

  /** The browser has the beginning of it already. */
  FakeResponse committed() {
    committed = true;
    return this;
  }

  public String body() {
    return body.toString(StandardCharsets.UTF_8);
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
  public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] arguments) {
    var given = Objects.requireNonNullElse(arguments, new Object[0]);
    switch (called.getName()) {
      case "setStatus" -> status = (int) given[0];
      case "setHeader" -> headers.put((String) given[0], clean((String) given[1]));
      case "setContentType" -> headers.put("Content-Type", clean((String) given[0]));
      case "setCharacterEncoding" ->
          headers.merge("Content-Type", (String) given[0], FakeResponse::charset);
      case "setContentLength" -> headers.put("Content-Length", String.valueOf(given[0]));
      case "addHeader" -> {
        if (given[0].equals("Set-Cookie")) {
          cookies.add(read(clean((String) given[1]).split("; ")));
        } else {
          assertThat(headers.put((String) given[0], clean((String) given[1]))).isNull();
        }
      }
      case "resetBuffer" -> body.reset();
      case "reset" -> reset();
      case "getHeaderNames" -> {
        return List.copyOf(headers.keySet());
      }
      case "getHeaders" -> {
        return Optional.ofNullable(headers.get((String) given[0])).map(List::of).orElse(List.of());
      }
      case "getHeader" -> {
        return headers.get((String) given[0]);
      }
      case "containsHeader" -> {
        return headers.containsKey((String) given[0]);
      }
      case "isCommitted" -> {
        return committed;
      }
      case "getOutputStream" -> {
        return new Body();
      }
      default -> throw new AssertionError("a login has no business with " + called.getName());
    }
    return null;
  }

  private void reset() {
    body.reset();
    headers.clear();
    status = 200;
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

  private static String charset(String type, String charset) {
    return type + ";charset=" + charset;
  }

  private static String clean(String value) {
    return Optional.of(value)
        .filter(it -> it.chars().allMatch(c -> c >= 0x20 && c < 0x7F))
        .orElseThrow(() -> new AssertionError("a header with characters that no header has"));
  }

  private final class Body extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new AssertionError("our answers are short and blocking");
    }

    @Override
    public void write(int b) {
      body.write(b);
    }
  }
}
