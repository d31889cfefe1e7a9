package io.gatehouse.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * The readiness check {@code gatehouse} (MicroProfile Health 4.0): up when the metadata and the
 * keys of each server are known, and with their ages in seconds. A bean only where MicroProfile
 * Health is.
 */
@Readiness
@ApplicationScoped
public class GatehouseReadiness implements HealthCheck {
  private volatile @Nullable ServletContext context;

  /** For CDI. */
  public GatehouseReadiness() {}

  // A health check may be asked on a port of the server's own, with no request of the application.
  void started(@Observes @Initialized(ApplicationScoped.class) Object application) {
    if (application instanceof ServletContext started) {
      context = started;
    }
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("gatehouse");
    var known = context;
    if (known == null
        || !(known.getAttribute(ServerKnowledge.ATTRIBUTE) instanceof ServerKnowledge knowledge)) {
      return response.up().build(); // the jar is there but not in use
    }
    var ready = true;
    for (var server : knowledge.ages().entrySet()) {
      var ages = server.getValue();
      ready &= ages.isComplete();
      var name = server.getKey();
      ages.metadata().ifPresent(it -> response.withData(name + ".metadata_age", it.toSeconds()));
      ages.keys().ifPresent(it -> response.withData(name + ".keys_age", it.toSeconds()));
    }
    return response.status(ready).build();
  }
}
