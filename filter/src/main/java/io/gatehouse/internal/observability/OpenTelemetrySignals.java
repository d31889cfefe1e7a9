package io.gatehouse.internal.observability;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics and traces by the OpenTelemetry API. Only this class, its nested classes and {@code
 * CdiTelemetry} use that API; {@link Telemetry#of} loads this class only if the API is present.
 */
public final class OpenTelemetrySignals implements Telemetry {
  private static final String SCOPE = "io.gatehouse";
  // A whole login takes as long as a person needs; a call to the authorization server takes less
  // than its timeout.
  private static final List<Double> LOGIN_SECONDS =
      List.of(0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0);
  private static final List<Double> CALL_SECONDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  private record Gauge(String name, String unit, LongSupplier value) {}

  private final Attributes common;
  private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
  private final List<ObservableLongGauge> shown = new CopyOnWriteArrayList<>();
  private final Map<String, LongCounter> counters = new ConcurrentHashMap<>();
  private final Map<String, DoubleHistogram> histograms = new ConcurrentHashMap<>();
  private volatile @Nullable OpenTelemetry known;

  public OpenTelemetrySignals(Optional<String> filter) {
    common =
        filter
            .map(it -> Attributes.of(AttributeKey.stringKey("gatehouse.filter"), it))
            .orElse(Attributes.empty());
  }

  /** Creates the signals for a test. */
  public OpenTelemetrySignals(OpenTelemetry openTelemetry) {
    this(Optional.empty());
    use(openTelemetry);
  }

  // Not at application start: the container's OpenTelemetry is available later than its filters,
  // and reading the global instance too early prevents it from being set.
  @Override
  public void start() {
    use(found());
  }

  private synchronized void use(OpenTelemetry found) {
    if (known == null) {
      known = found;
      gauges.forEach(it -> register(found, it));
    }
  }

  private static OpenTelemetry found() {
    var ofApplication =
        OptionalApis.haveCdi() ? CdiTelemetry.find() : Optional.<OpenTelemetry>empty();
    return ofApplication.orElseGet(GlobalOpenTelemetry::get); // the Java agent's
  }

  @Override
  public void count(String counter) {
    count(counter, common);
  }

  @Override
  public void count(String counter, String label, String value) {
    count(counter, common.toBuilder().put(label, value).build());
  }

  private void count(String name, Attributes labels) {
    var now = known;
    if (now != null) {
      counters
          .computeIfAbsent(name, it -> now.getMeter(SCOPE).counterBuilder(it).build())
          .add(1, labels);
    }
  }

  @Override
  public void took(String histogram, Duration duration) {
    record(histogram, duration, LOGIN_SECONDS, common);
  }

  @Override
  public void took(String histogram, Duration duration, String endpoint, String outcome) {
    record(
        histogram,
        duration,
        CALL_SECONDS,
        common.toBuilder().put("endpoint", endpoint).put("outcome", outcome).build());
  }

  private void record(String name, Duration took, List<Double> boundaries, Attributes labels) {
    var now = known;
    if (now != null) {
      histograms
          .computeIfAbsent(name, it -> histogram(now.getMeter(SCOPE), it, boundaries))
          .record(took.toNanos() / 1e9, labels);
    }
  }

  private static DoubleHistogram histogram(Meter meter, String name, List<Double> boundaries) {
    var builder = meter.histogramBuilder(name).setUnit("s");
    try {
      builder = builder.setExplicitBucketBoundariesAdvice(boundaries);
    } catch (NoSuchMethodError beforeVersion132) {
      // older versions use the boundaries of the SDK or of a view
    }
    return builder.build();
  }

  @Override
  public synchronized void show(String gauge, String unit, LongSupplier value) {
    var shownLater = new Gauge(gauge, unit, value);
    gauges.add(shownLater);
    var now = known;
    if (now != null) {
      register(now, shownLater);
    }
  }

  private void register(OpenTelemetry openTelemetry, Gauge gauge) {
    shown.add(
        openTelemetry
            .getMeter(SCOPE)
            .gaugeBuilder(gauge.name())
            .setUnit(gauge.unit())
            .ofLongs()
            .buildWithCallback(it -> it.record(gauge.value().getAsLong(), common)));
  }

  @Override
  public Step step(String name, Optional<String> context) {
    var now = known;
    if (now == null) {
      return Step.UNSEEN;
    }
    var builder = now.getTracer(SCOPE).spanBuilder(name).setAllAttributes(common);
    context
        .map(OpenTelemetrySignals::remote)
        .ifPresent(
            it -> {
              // One trace for the whole login; the container's own span of this request is linked.
              builder.addLink(Span.current().getSpanContext());
              builder.setParent(Context.current().with(Span.wrap(it)));
            });
    return new SpanStep(builder.startSpan());
  }

  private static SpanContext remote(String context) {
    return SpanContext.createFromRemoteParent(
        context.substring(0, 32),
        context.substring(32, 48),
        TraceFlags.fromHex(context, 48),
        TraceState.getDefault());
  }

  private static final class SpanStep implements Step {
    private final Span span;
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    SpanStep(Span span) {
      this.span = span;
      this.scope = span.makeCurrent();
    }

    @Override
    public Optional<String> context() {
      var context = span.getSpanContext();
      return context.isValid()
          ? Optional.of(
              context.getTraceId() + context.getSpanId() + context.getTraceFlags().asHex())
          : Optional.empty();
    }

    @Override
    public void refused(String reason) {
      span.setStatus(StatusCode.ERROR, reason);
      span.setAttribute("gatehouse.reason", reason);
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }

  @Override
  public void close() {
    shown.forEach(ObservableLongGauge::close);
  }
}
