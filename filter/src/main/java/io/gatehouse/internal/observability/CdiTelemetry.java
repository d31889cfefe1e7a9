package io.gatehouse.internal.observability;

import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/**
 * Finds the bean by which MicroProfile Telemetry gives an application its OpenTelemetry. Uses the
 * CDI and OpenTelemetry APIs; loaded only if both are present.
 */
final class CdiTelemetry {
  private CdiTelemetry() {}

  static Optional<OpenTelemetry> find() {
    try {
      var bean = CDI.current().select(OpenTelemetry.class);
      return bean.isResolvable() ? Optional.of(bean.get()) : Optional.empty();
    } catch (IllegalStateException noContainer) {
      return Optional.empty();
    }
  }
}
