package io.gatehouse.it.load;

import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;

/** OpenTelemetry's SDK in the server's process, as its agent would have it, read by Prometheus. */
final class Metrics {
  /** The port of loopback to read them at; without it there are none. */
  static final String PORT = "load.metrics";

  private Metrics() {}

  /** Makes it the SDK of the whole process, which keeps it until it ends. */
  static void serve(int port) {
    var server = PrometheusHttpServer.builder().setHost("127.0.0.1").setPort(port).build();
    var meters = SdkMeterProvider.builder().registerMetricReader(server).build();
    OpenTelemetrySdk.builder().setMeterProvider(meters).buildAndRegisterGlobal();
  }
}
