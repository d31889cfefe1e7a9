package io.gatehouse.rest;

import io.gatehouse.internal.web.Answers;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Captures the filter's answer, so that Jakarta REST can send it. */
final class CapturedAnswer extends HttpServletResponseWrapper {
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = SC_OK;

  private CapturedAnswer(HttpServletResponse response) {
    super(response);
  }

  /** Returns the filter's answer to an exception; without the filter, that of an error. */
  static Response to(
      RuntimeException thrown,
      @Nullable HttpServletRequest request,
      @Nullable HttpServletResponse response) {
    if (request == null || response == null || !(of(request) instanceof Answers answers)) {
      throw thrown;
    }
    var captured = new CapturedAnswer(response);
    try {
      answers.send(thrown, request, captured);
    } catch (IOException neverOfAByteArray) {
      throw new IllegalStateException(neverOfAByteArray);
    }
    return captured.built();
  }

  private static @Nullable Object of(HttpServletRequest request) {
    var ofSeveral = request.getAttribute(Answers.ATTRIBUTE);
    return ofSeveral == null
        ? request.getServletContext().getAttribute(Answers.ATTRIBUTE)
        : ofSeveral;
  }

  private Response built() {
    var built = Response.status(status);
    headers.forEach((name, values) -> values.forEach(it -> built.header(name, it)));
    return body.size() == 0 ? built.build() : built.entity(body.toByteArray()).build();
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public void setHeader(String name, String value) {
    headers.put(name, new ArrayList<>(List.of(value)));
  }

  @Override
  public void addHeader(String name, String value) {
    headers.computeIfAbsent(name, it -> new ArrayList<>()).add(value);
  }

  @Override
  public void setContentType(String type) {
    setHeader("Content-Type", type);
  }

  @Override
  public void setCharacterEncoding(String charset) {
    headers.computeIfPresent(
        "Content-Type", (it, type) -> List.of(type.get(0) + ";charset=" + charset));
  }

  // Jakarta REST sets it.
  @Override
  public void setContentLength(int length) {}

  @Override
  public ServletOutputStream getOutputStream() {
    return new Body(body);
  }

  private static final class Body extends ServletOutputStream {
    private final ByteArrayOutputStream bytes;

    Body(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(int octet) {
      bytes.write(octet);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("not asynchronous"); // required by ServletOutputStream
    }
  }
}
