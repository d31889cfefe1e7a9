package io.gatehouse.benchmarks;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The authorization server's fetch of a request object. */
@Fork(
    value = 2,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestObject {
  // Signed objects are kept for further fetches, 500 of them.
  private static final int MORE_THAN_ARE_KEPT = 1_000;
  private static final Pattern HANDLE = Pattern.compile("/gatehouse/request/([A-Za-z0-9_-]+)");

  private final Application application = new Application(Map.of("gatehouse.login-timeout", "60m"));
  private final Servlet servlet = application.requestObjects();
  private final List<LightRequest> valid = new ArrayList<>();
  private int next;
  private LightRequest invalid = LightRequest.requestObject("");

  @Setup
  public void begin() throws IOException, ServletException {
    for (var i = 0; i < MORE_THAN_ARE_KEPT; i++) {
      valid.add(LightRequest.requestObject(handle()));
    }
    var handle = handle();
    var other = handle.charAt(60) == 'A' ? 'B' : 'A';
    invalid = LightRequest.requestObject(handle.substring(0, 60) + other + handle.substring(61));
    if (fetch(valid.get(0)).length() == 0 || fetch(invalid).length() != 0) {
      throw new IllegalStateException("the handles are not what they are meant to be");
    }
  }

  private String handle() throws IOException, ServletException {
    var response = new LightResponse();
    application.filter().doFilter(LightRequest.page(), response, Application.page());
    var found = HANDLE.matcher(URLDecoder.decode(response.location(), StandardCharsets.UTF_8));
    if (!found.find()) {
      throw new IllegalStateException("no request_uri");
    }
    return found.group(1);
  }

  private LightResponse fetch(LightRequest request) throws IOException, ServletException {
    var response = new LightResponse();
    servlet.service(request, response);
    return response;
  }

  /** Opens a valid handle, and signs the request object with ES256. */
  @Benchmark
  public LightResponse signed() throws IOException, ServletException {
    next = (next + 1) % valid.size();
    return fetch(valid.get(next));
  }

  /** Opens the handle of a request object that has been signed. */
  @Benchmark
  public LightResponse fetchedAgain() throws IOException, ServletException {
    return fetch(valid.get(0));
  }

  /** Refuses a handle with one character changed. */
  @Benchmark
  public LightResponse refused() throws IOException, ServletException {
    return fetch(invalid);
  }
}
