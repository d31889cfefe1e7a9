package io.gatehouse.benchmarks;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A response that records only its status and the values that were written last. */
final class LightResponse extends HttpServletResponseWrapper {
  private static final HttpServletResponse NOTHING_ELSE =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              LightResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private int status = SC_OK;
  private String location = "";
  private String cookie = "";
  private int length;

  LightResponse() {
    super(NOTHING_ELSE);
  }

  String location() {
    return location;
  }

  String cookie() {
    return cookie;
  }

  int length() {
    return length;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int newStatus) {
    status = newStatus;
  }

  @Override
  public String getCharacterEncoding() {
    return "ISO-8859-1";
  }

  @Override
  public boolean containsHeader(String name) {
    return false;
  }

  @Override
  public void setHeader(String name, String value) {
    if (name.equals("Location")) {
      location = value;
    }
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equals("Location") ? location : null;
  }

  @Override
  public void addHeader(String name, String value) {
    cookie = value;
  }

  @Override
  public void setContentType(String type) {}

  @Override
  public void setContentLength(int newLength) {
    length = newLength;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void write(int b) {
        length++;
      }

      @Override
      public void write(byte[] bytes, int offset, int count) {
        length = count;
      }
    };
  }
}
