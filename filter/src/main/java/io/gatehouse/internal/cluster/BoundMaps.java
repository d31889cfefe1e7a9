package io.gatehouse.internal.cluster;

import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.Property;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Maps that the server has bound in JNDI and that its nodes share, such as the Infinispan caches of
 * WildFly. How long they keep a text is the server's own setting.
 */
public final class BoundMaps implements SharedCaches {
  private final String jndiName;
  private final String prefix;

  /**
   * @param prefix what tells this client's texts from those of others in the same map
   */
  public BoundMaps(String jndiName, String prefix) {
    this.jndiName = jndiName;
    this.prefix = prefix;
  }

  // The name is the operator's, and only one that the server itself resolves: no scheme is let in.
  @SuppressWarnings({"BanJNDI", "unchecked"}) // a generic type has no class of its own to ask by
  @Override
  public SharedCache open(String suffix, Duration longest) {
    var whole = jndiName + suffix;
    try {
      if (new InitialContext().lookup(whole) instanceof ConcurrentMap<?, ?> map) {
        var texts = (ConcurrentMap<String, String>) map;
        texts.get(prefix); // a map that cannot take our keys, or not answer, stops the start
        return new BoundMap(texts, prefix);
      }
      throw cannotBeHad(whole, "what is bound there is no java.util.concurrent.ConcurrentMap");
    } catch (NamingException notThere) {
      throw cannotBeHad(whole, "nothing is bound there");
    } catch (IllegalStateException | ClassCastException e) {
      throw cannotBeHad(whole, e.toString());
    }
  }

  private static ConfigurationException cannotBeHad(String name, String reason) {
    return new ConfigurationException(
        List.of(
            Property.SHARED.fullName()
                + ": the map "
                + name
                + " cannot be had ("
                + reason
                + "). The server has to have a cache of that name, and the application a reference"
                + " to it in web.xml, so that the server binds it"));
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
  }
}
