package io.gatehouse.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an application knows of its authorization servers, for health checks of any kind; {@link
 * KnownServers} has it.
 */
public interface ServerKnowledge {
  /**
   * How old what is known of a server is.
   *
   * @param metadata how long ago its metadata was fetched; empty if it is not known
   * @param keys how long ago its keys were fetched; empty if they are not known
   */
  record Ages(Optional<Duration> metadata, Optional<Duration> keys) {
    /** {@return whether all that a log-in needs is known} */
    public boolean isComplete() {
      return metadata.isPresent() && keys.isPresent();
    }
  }

  /**
   * By the names of the application's filters, how old what is known is. Where something is not
   * known, or older than an hour, the server is asked for it, in the background: so that a check
   * which is asked again and again sees it come.
   *
   * @return the ages by the filters' names in web.xml
   */
  Map<String, Ages> ages();
}
