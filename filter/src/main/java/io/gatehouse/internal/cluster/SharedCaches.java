package io.gatehouse.internal.cluster;

import io.gatehouse.internal.config.ConfigurationException;
import java.time.Duration;

/**
 * The caches of {@code gatehouse.shared}. They are not closed with the application: they may be
 * others' too.
 */
public interface SharedCaches {
  /**
   * Opens one of them, and creates it if need be.
   *
   * @param suffix of its name
   * @param longest the longest that a text is kept
   * @throws ConfigurationException if no such cache can be had
   */
  SharedCache open(String suffix, Duration longest);
}
