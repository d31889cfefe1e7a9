package io.gatehouse.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An application's knowledge of its authorization servers, for health checks of any kind. {@link
 * KnownServers} lists the instances.
 */
public interface ServerKnowledge {
  /**
   * The ages of what is known of one authorization server.
   *
   * @param metadata the time since its metadata was fetched; empty if the metadata is unknown
   * @param keys the time since its keys were fetched; empty if the keys are unknown
   */
  record Ages(Optional<Duration> metadata, Optional<Duration> keys) {
    /** {@return whether everything that a login needs is known} */
    public boolean isComplete() {
      return metadata.isPresent() && keys.isPresent();
    }
  }

  /**
   * Returns the ages of what is known, by filter. Metadata or keys that are unknown, or older than
   * an hour, are fetched from the authorization server in the background, so that a repeated check
   * eventually sees them.
   *
   * @return the ages, by the filters' names in web.xml
   */
  Map<String, Ages> ages();
}
