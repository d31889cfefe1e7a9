package io.gatehouse.internal.cluster;

import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.message.FaultText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Maps that the container has bound in JNDI and that its nodes share, such as the Infinispan caches
 * of WildFly. The container's own settings decide how long a map keeps an entry.
 */
public final class BoundMaps implements SharedCaches {
  private final String jndiName;
  private final String prefix;

  /**
   * Creates the maps.
   *
   * @param prefix distinguishes this client's entries from those of others in the same map
   */
  public BoundMaps(String jndiName, String prefix) {
    this.jndiName = jndiName;
    this.prefix = prefix;
  }

  // The operator configures the name, and only the container resolves it: names with a scheme are
  // not accepted.
  @SuppressWarnings({"BanJNDI", "unchecked"}) // a generic type cannot be checked at run time
  @Override
  public SharedCache open(String suffix, Duration longest) {
    var whole = jndiName + suffix;
    try {
      if (new InitialContext().lookup(whole) instanceof ConcurrentMap<?, ?> map) {
        var texts = (ConcurrentMap<String, String>) map;
        texts.get(prefix); // an unusable map must stop the start
        return new BoundMap(texts, prefix);
      }
      throw unusable(whole, "what is bound there is no java.util.concurrent.ConcurrentMap");
    } catch (NamingException notThere) {
      throw unusable(whole, "nothing is bound there");
    } catch (IllegalStateException | ClassCastException e) {
      throw unusable(whole, FaultText.of(e));
    }
  }

  private static ConfigurationException unusable(String name, String reason) {
    return new ConfigurationException(
        List.of(
            ConfigurationFaults.MAP_CLOSED.formatted(Property.SHARED.fullName(), name, reason)));
  }

  private record BoundMap(ConcurrentMap<String, String> map, String prefix) implements SharedCache {
    @Override
    public Optional<String> find(String name) {
      return Optional.ofNullable(map.get(prefix + name));
    }

    @Override
    public void put(String name, String text) {
      map.put(prefix + name, text);
    }

    @Override
    public boolean putIfAbsent(String name, String text) {
      return map.putIfAbsent(prefix + name, text) == null;
    }

    @Override
    public boolean replace(String name, String known, String text) {
      return map.replace(prefix + name, known, text);
    }

    // Some maps print what they contain.
    @Override
    public String toString() {
      return "BoundMap[" + prefix + "]";
    }
  }
}
