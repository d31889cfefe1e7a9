package io.gatehouse.it.load;

import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;

/** OpenTelemetry's SDK in the server's process, set up as by its agent, and read by Prometheus. */
final class Metrics {
  /** The property of the loopback port of the metrics; without it, the process has no metrics. */
  static final String PORT = "load.metrics";

  private Metrics() {}

  /** Registers the SDK for the whole process, until the process ends. */
  static void serve(int port) {
    var server = PrometheusHttpServer.builder().setHost("127.0.0.1").setPort(port).build();
    var meters = SdkMeterProvider.builder().registerMetricReader(server).build();
    OpenTelemetrySdk.builder().setMeterProvider(meters).buildAndRegisterGlobal();
  }
}
