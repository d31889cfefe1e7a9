package io.gatehouse.internal.observability;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Metrics and traces, where the OpenTelemetry API is present. The names are those of
 * docs/observability.md; labels are never of a user, and never secret.
 */
public interface Telemetry extends AutoCloseable {
  /** A step of a log-in, as a span; ends when it is closed. */
  interface Step extends AutoCloseable {
    /** A step that nobody watches. */
    Step UNSEEN =
        new Step() {
          @Override
          public Optional<String> context() {
            return Optional.empty();
          }

          @Override
          public void refused(String reason) {}

          @Override
          public void close() {}
        };

    /** What a later step of the same log-in can be joined to it by; 50 hexadecimal digits. */
    Optional<String> context();

    /** Says that it did not end well, and by which code. */
    void refused(String reason);

    @Override
    void close();
  }

  /** Nobody watches. */
  Telemetry NONE =
      new Telemetry() {
        @Override
        public void start() {}

        @Override
        public void count(String counter) {}

        @Override
        public void count(String counter, String label, String value) {}

        @Override
        public void took(String histogram, Duration duration) {}

        @Override
        public void took(String histogram, Duration duration, String endpoint, String outcome) {}

        @Override
        public void show(String gauge, String unit, LongSupplier value) {}

        @Override
        public Step step(String name, Optional<String> context) {
          return Step.UNSEEN;
        }

        @Override
        public void close() {}
      };

  /**
   * OpenTelemetry's, if its API is on the class path, and else nobody's.
   *
   * @param filter the name of the filter, if the application has several
   */
  static Telemetry of(Optional<String> filter) {
    try {
      Class.forName("io.opentelemetry.api.OpenTelemetry", false, Telemetry.class.getClassLoader());
      return HarmlessTelemetry.of(new OpenTelemetrySignals(filter), Clock.systemUTC());
    } catch (ClassNotFoundException | LinkageError withoutOpenTelemetry) { // or without its metrics
      return NONE;
    }
  }

  /** Lets it see what happens from now on: at the first request, when the server is all there. */
  void start();

  void count(String counter);

  void count(String counter, String label, String value);

  void took(String histogram, Duration duration);

  /** How long a call to the server took, and how it ended. */
  void took(String histogram, Duration duration, String endpoint, String outcome);

  /** A value that is read whenever somebody looks. */
  void show(String gauge, String unit, LongSupplier value);

  /**
   * Begins a step, within what the thread is doing.
   *
   * @param context of an earlier step of the same log-in
   */
  Step step(String name, Optional<String> context);

  @Override
  void close();
}
