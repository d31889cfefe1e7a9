package io.gatehouse.internal.cluster;

import io.gatehouse.internal.config.ConfigurationException;
import java.time.Duration;

/**
 * The caches of {@code gatehouse.shared}. They stay open when the application ends, since others
 * may use them too.
 */
public interface SharedCaches {
  /**
   * Opens a cache, and creates it if necessary.
   *
   * @param suffix the suffix of its name
   * @param longest the longest time for which a text is kept
   * @throws ConfigurationException if the cache is unavailable
   */
  SharedCache open(String suffix, Duration longest);
}
