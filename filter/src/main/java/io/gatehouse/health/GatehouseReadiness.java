package io.gatehouse.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check {@code gatehouse} (MicroProfile Health 4.0). The check is up when the
 * metadata and the keys of each authorization server are known, and reports their ages in seconds.
 * It is a bean only if MicroProfile Health is present.
 */
@Readiness
@ApplicationScoped
public class GatehouseReadiness implements HealthCheck {
  /** Creates the check, for CDI. */
  public GatehouseReadiness() {}

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("gatehouse");
    var ready = true;
    for (var knowledge : KnownServers.all()) {
      for (var server : knowledge.ages().entrySet()) {
        var ages = server.getValue();
        ready &= ages.isComplete();
        var name = server.getKey();
        ages.metadata().ifPresent(it -> response.withData(name + ".metadata_age", it.toSeconds()));
        ages.keys().ifPresent(it -> response.withData(name + ".keys_age", it.toSeconds()));
      }
    }
    return response.status(ready).build();
  }
}
