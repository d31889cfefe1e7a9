package io.gatehouse.internal.cluster;

import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.message.FaultText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Caches of a JCache provider (JSR 107). Only this class uses {@code javax.cache}; it is loaded
 * only if {@code gatehouse.shared} names such a cache.
 */
public final class JCaches implements SharedCaches {
  private final Supplier<CacheManager> manager;
  private final String name;
  private final String prefix;

  /**
   * Creates the caches.
   *
   * @param prefix distinguishes this client's entries from those of others in the same cache
   */
  JCaches(Supplier<CacheManager> manager, String name, String prefix) {
    this.manager = manager;
    this.name = name;
    this.prefix = prefix;
  }

  /**
   * Returns the caches of this name, of the single available provider. If the name is {@code
   * JNDI-NAME#NAME}, they belong to the manager that the container has bound, which is part of the
   * container's own cluster.
   *
   * @param classLoader the class loader that finds the provider
   */
  public static JCaches of(String name, String prefix, ClassLoader classLoader) {
    var hash = name.indexOf('#');
    return hash < 0
        ? new JCaches(() -> Caching.getCachingProvider(classLoader).getCacheManager(), name, prefix)
        : new JCaches(() -> bound(name.substring(0, hash)), name.substring(hash + 1), prefix);
  }

  // The operator configures the name, and only the container resolves it: names with a scheme are
  // not accepted.
  @SuppressWarnings("BanJNDI")
  private static CacheManager bound(String jndiName) {
    try {
      return (CacheManager) new InitialContext().lookup(jndiName);
    } catch (NamingException e) {
      throw new CacheException("nothing is bound to " + jndiName);
    }
  }

  @Override
  public SharedCache open(String suffix, Duration longest) {
    var whole = name + suffix;
    try {
      Cache<String, String> cache = cache(manager.get(), whole, longest);
      cache.get(prefix); // an unusable cache must stop the start
      return new JCache(cache, prefix);
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          List.of(
              ConfigurationFaults.CACHE_CLOSED.formatted(
                  Property.SHARED.fullName(), whole, FaultText.of(e))));
    }
  }

  private static Cache<String, String> cache(CacheManager manager, String name, Duration longest) {
    Cache<String, String> there = manager.getCache(name);
    if (there != null) {
      return there;
    }
    // Expiry since modification, not since creation: a replaced text is kept for the full time
    // again.
    var expiry =
        ModifiedExpiryPolicy.factoryOf(
            new javax.cache.expiry.Duration(TimeUnit.SECONDS, longest.toSeconds()));
    try {
      return manager.createCache(
          name,
          new MutableConfiguration<String, String>()
              .setTypes(String.class, String.class)
              .setExpiryPolicyFactory(expiry));
    } catch (CacheException maybeCreatedMeanwhile) {
      there = manager.getCache(name);
      if (there == null) {
        throw maybeCreatedMeanwhile;
      }
      return there;
    }
  }

  private record JCache(Cache<String, String> cache, String prefix) implements SharedCache {
    @Override
    public Optional<String> find(String name) {
      return Optional.ofNullable(cache.get(prefix + name));
    }

    @Override
    public void put(String name, String text) {
      cache.put(prefix + name, text);
    }

    @Override
    public boolean putIfAbsent(String name, String text) {
      return cache.putIfAbsent(prefix + name, text);
    }

    @Override
    public boolean replace(String name, String known, String text) {
      return cache.replace(prefix + name, known, text);
    }

    // Some maps print what they contain.
    @Override
    public String toString() {
      return "JCache[" + prefix + "]";
    }
  }
}
