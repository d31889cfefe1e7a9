package io.gatehouse.filter;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.protocol.LocalMarks;
import io.gatehouse.protocol.Marks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Marks in a cache that the nodes of a cluster share (JSR 107). The only class that knows {@code
 * javax.cache}, and loaded only where {@code gatehouse.shared} is set. What happens while the cache
 * fails is in docs/decisions/0018-shared-marks.md.
 */
final class JCacheMarks implements Marks {
  /** How long requests are served though the cache cannot say whose session has ended. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int MOST_ROUNDS = 10;
  private static final Duration SOON = Duration.ofSeconds(5);

  /** A mark as text, VALUE/UNTIL: a cache that compares and copies has no trouble with that. */
  private record Mark(long value, long until) {
    static Mark read(String text) {
      var slash = text.indexOf('/');
      return new Mark(
          Long.parseLong(text, 0, slash, 10), Long.parseLong(text, slash + 1, text.length(), 10));
    }

    @Override
    public String toString() {
      return value + "/" + until;
    }
  }

  private final Cache<String, String> cache;
  private final String prefix;
  private final LocalMarks own; // what this node was told counts here whatever the cache does
  private final Clock clock;
  private final RareWarning failing;
  private volatile long answeredAt;

  private JCacheMarks(Cache<String, String> cache, String prefix, Clock clock) {
    this.cache = cache;
    this.prefix = prefix;
    this.own = new LocalMarks(clock);
    this.clock = clock;
    this.failing = new RareWarning(clock);
    this.answeredAt = clock.millis();
  }

  /**
   * Opens the cache of this name, of the one provider that is there; or, where the name is {@code
   * JNDI-NAME#NAME}, of the manager that the server has bound, which is part of the server's own
   * cluster.
   *
   * @param prefix what tells this client's marks from those of others in the same cache
   * @param longest the longest that a mark is kept
   * @param classLoader where the provider is looked for
   * @throws ConfigurationException if there is no provider, or no such cache can be had
   */
  static JCacheMarks open(
      String name, String prefix, Duration longest, ClassLoader classLoader, Clock clock) {
    var hash = name.indexOf('#');
    return hash < 0
        ? open(
            () -> Caching.getCachingProvider(classLoader).getCacheManager(),
            name,
            prefix,
            longest,
            clock)
        : open(
            () -> bound(name.substring(0, hash)), name.substring(hash + 1), prefix, longest, clock);
  }

  // The name is the operator's, and only one that the server itself resolves: no scheme is let in.
  @SuppressWarnings("BanJNDI")
  private static CacheManager bound(String jndiName) {
    try {
      return (CacheManager) new InitialContext().lookup(jndiName);
    } catch (NamingException e) {
      throw new CacheException("nothing is bound to " + jndiName);
    }
  }

  /** Opens the cache of this name, of this manager. */
  static JCacheMarks open(
      Supplier<CacheManager> manager, String name, String prefix, Duration longest, Clock clock) {
    try {
      Cache<String, String> cache = cache(manager.get(), name, longest);
      cache.get(prefix); // a cache that cannot take our keys, or not answer, stops the start
      return new JCacheMarks(cache, prefix, clock);
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          List.of(
              Property.SHARED.fullName()
                  + ": the cache "
                  + name
                  + " cannot be had ("
                  + e
                  + "). Add one JCache provider, such as Hazelcast, to the server or the"
                  + " application; where there are several, choose with"
                  + " -Djavax.cache.spi.CachingProvider"));
    }
  }

  private static Cache<String, String> cache(CacheManager manager, String name, Duration longest) {
    Cache<String, String> there = manager.getCache(name);
    if (there != null) {
      return there;
    }
    // Since modification, and not creation: a mark that is raised is kept anew.
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

  /**
   * {@inheritDoc}
   *
   * @throws ServerUnavailableException if the cache has not answered for longer than {@link
   *     #PATIENCE}
   */
  @Override
  public Optional<Long> find(String name) {
    var here = own.find(name);
    try {
      var there = current(cache.get(prefix + name)).map(Mark::value);
      answeredAt = clock.millis();
      return here.filter(it -> there.isEmpty() || it > there.get()).or(() -> there);
    } catch (RuntimeException e) {
      warn(e);
      if (clock.millis() - answeredAt > PATIENCE.toMillis()) {
        throw unavailable();
      }
      return here;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws ServerUnavailableException if the other nodes could not be told
   */
  @Override
  public void raise(String name, long value, Duration kept) {
    own.raise(name, value, kept);
    var mark = new Mark(value, clock.millis() + kept.toMillis());
    shared(() -> replaceOrPut(name, mark, it -> it.value() > value));
  }

  /**
   * {@inheritDoc}
   *
   * @throws ServerUnavailableException if the other nodes could not be asked
   */
  @Override
  public boolean putIfAbsent(String name, long value, Duration kept) {
    var mark = new Mark(value, clock.millis() + kept.toMillis());
    return shared(() -> replaceOrPut(name, mark, it -> true));
  }

  // Each step is one atomic operation of the cache; whoever loses the race looks again.
  private boolean replaceOrPut(String name, Mark mark, Predicate<Mark> stays) {
    for (int i = 0; i < MOST_ROUNDS; i++) {
      if (cache.putIfAbsent(prefix + name, mark.toString())) {
        return true;
      }
      var there = cache.get(prefix + name);
      if (there == null) {
        continue; // its time was over just now
      }
      if (current(there).filter(stays).isPresent()) {
        return false;
      }
      if (cache.replace(prefix + name, there, mark.toString())) {
        return true;
      }
    }
    throw new CacheException("the cache gives back what it does not have");
  }

  private Optional<Mark> current(@Nullable String text) {
    return Optional.ofNullable(text).map(Mark::read).filter(it -> clock.millis() < it.until());
  }

  private boolean shared(Supplier<Boolean> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      warn(e);
      throw unavailable();
    }
  }

  private void warn(RuntimeException e) {
    failing.log(
        "the cache of gatehouse.shared fails, so log-outs by the server may not reach this node:"
            + " {0}",
        e.getClass().getName());
  }

  private static ServerUnavailableException unavailable() {
    return new ServerUnavailableException("the cache of gatehouse.shared fails", SOON);
  }
}
