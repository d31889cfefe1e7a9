package io.gatehouse.benchmarks;

import io.gatehouse.filter.GatehouseFilter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A person's request without a session, which is redirected to log in. */
@Fork(
    value = 2,
    jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnonymousRequest {
  private final LightRequest request = LightRequest.page();
  private final GatehouseFilter filter = new Application(Map.of()).filter();

  /** Answers with the redirect and its cookie. */
  @Benchmark
  public LightResponse redirect() throws IOException, ServletException {
    var response = new LightResponse();
    filter.doFilter(request.anew(), response, Application.page());
    return response;
  }
}
