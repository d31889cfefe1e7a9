package io.gatehouse.internal.observability;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Metrics and traces, if the OpenTelemetry API is present. docs/observability.md documents the
 * names; labels never identify a user, and are never secret.
 */
public interface Telemetry extends AutoCloseable {
  /** A step of a login, as a span; ends when closed. */
  interface Step extends AutoCloseable {
    /** A step without a span. */
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

    /**
     * Returns the context by which a later step of the same login joins this step: 50 hexadecimal
     * digits.
     */
    Optional<String> context();

    /** Marks the step as failed, with a reason code. */
    void refused(String reason);

    @Override
    void close();
  }

  /** The telemetry that records nothing. */
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
   * Returns the OpenTelemetry signals if its API is on the class path, otherwise {@link #NONE}.
   *
   * @param filter the name of the filter, if the application has several
   */
  static Telemetry of(Optional<String> filter) {
    try {
      Class.forName("io.opentelemetry.api.OpenTelemetry", false, Telemetry.class.getClassLoader());
      return HarmlessTelemetry.of(new OpenTelemetrySignals(filter), Clock.systemUTC());
    } catch (ClassNotFoundException | LinkageError withoutOpenTelemetry) { // or without metrics
      return NONE;
    }
  }

  /**
   * Starts recording. Called on the first request, when everything the container provides is
   * available.
   */
  void start();

  void count(String counter);

  void count(String counter, String label, String value);

  void took(String histogram, Duration duration);

  /** Records the duration and the outcome of a call to the authorization server. */
  void took(String histogram, Duration duration, String endpoint, String outcome);

  /** Registers a value that is read at every collection. */
  void show(String gauge, String unit, LongSupplier value);

  /**
   * Starts a step, within the current span of the thread.
   *
   * @param context the context of an earlier step of the same login
   */
  Step step(String name, Optional<String> context);

  @Override
  void close();
}
