package io.gatehouse.internal.observability;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Signals whose faults are left out, and told once a minute at the most. What others add to
 * OpenTelemetry may throw, and its API may be an old one; neither may cost a user the log-in, or a
 * session the answer that has its new tokens.
 */
final class HarmlessTelemetry implements Telemetry {
  private final Telemetry signals;
  private final RareWarning faults;

  HarmlessTelemetry(Telemetry signals, Clock clock) {
    this.signals = signals;
    this.faults = new RareWarning(clock);
  }

  private <T> void tell(T whom, Consumer<T> what) {
    try {
      what.accept(whom);
    } catch (RuntimeException | LinkageError e) {
      fault(e);
    }
  }

  private void fault(Throwable e) {
    faults.log(
        "metrics and traces are not complete: OpenTelemetry fails ({0})", e.getClass().getName());
  }

  @Override
  public void start() {
    tell(signals, Telemetry::start);
  }

  @Override
  public void count(String counter) {
    tell(signals, it -> it.count(counter));
  }

  @Override
  public void count(String counter, String label, String value) {
    tell(signals, it -> it.count(counter, label, value));
  }

  @Override
  public void took(String histogram, Duration duration) {
    tell(signals, it -> it.took(histogram, duration));
  }

  @Override
  public void took(String histogram, Duration duration, String endpoint, String outcome) {
    tell(signals, it -> it.took(histogram, duration, endpoint, outcome));
  }

  @Override
  public void show(String gauge, String unit, LongSupplier value) {
    tell(signals, it -> it.show(gauge, unit, value));
  }

  @Override
  public Step step(String name, Optional<String> context) {
    try {
      return new HarmlessStep(signals.step(name, context));
    } catch (RuntimeException | LinkageError e) {
      fault(e);
      return Step.UNSEEN;
    }
  }

  @Override
  public void close() {
    tell(signals, Telemetry::close);
  }

  private final class HarmlessStep implements Step {
    private final Step step;

    HarmlessStep(Step step) {
      this.step = step;
    }

    @Override
    public Optional<String> context() {
      try {
        return step.context();
      } catch (RuntimeException | LinkageError e) {
        fault(e);
        return Optional.empty();
      }
    }

    @Override
    public void refused(String reason) {
      tell(step, it -> it.refused(reason));
    }

    @Override
    public void close() {
      tell(step, Step::close);
    }
  }
}
