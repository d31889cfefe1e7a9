package io.gatehouse.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.filter.Deployment;
import io.gatehouse.internal.config.ConfigurationException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BoundMapsTest {
  private static final Map<String, Object> BOUND = new ConcurrentHashMap<>();
  private static final Duration LONGEST = Duration.ofHours(13);

  /** A server's JNDI. */
  public static final class Names implements InitialContextFactory {
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) {
      return Deployment.proxy(
          Context.class,
          (proxy, method, arguments) -> {
            var bound = BOUND.get(String.valueOf(arguments[0]));
            if (bound == null) {
              throw new NameNotFoundException("canary");
            }
            return bound;
          });
    }
  }

  @BeforeEach
  void bind() {
    System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
    BOUND.put("java:cache/gatehouse", new ConcurrentHashMap<>());
    BOUND.put("java:cache/gatehouse-refreshes", new ConcurrentHashMap<>());
    BOUND.put("java:cache/other", "canary: no map");
  }

  @AfterEach
  void unbind() {
    System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    BOUND.clear();
  }

  private static SharedCache cache(String prefix, String suffix) {
    return new BoundMaps("java:cache/gatehouse", prefix).open(suffix, LONGEST);
  }

  @Test
  void whatOneNodePutsTheOtherFinds() {
    cache("app:", "").put("a", "1");
    assertThat(cache("app:", "").find("a")).hasValue("1");
    assertThat(cache("app:", "").find("b")).isEmpty();
    assertThat(cache("another:", "").find("a")).isEmpty();
    assertThat(cache("app:", "-refreshes").find("a")).isEmpty();
  }

  @Test
  void aTextIsPutOnceAndReplacedOnlyIfItIsTheKnownOne() {
    var cache = cache("app:", "");
    assertThat(cache.putIfAbsent("a", "1")).isTrue();
    assertThat(cache.putIfAbsent("a", "2")).isFalse();
    assertThat(cache.replace("a", "2", "3")).isFalse();
    assertThat(cache.replace("a", "1", "3")).isTrue();
    assertThat(cache.find("a")).hasValue("3");
  }

  @Test
  @Tag("case-77")
  void aMapThatIsNotThereStopsTheStart() {
    assertThatThrownBy(() -> new BoundMaps("java:cache/none", "app:").open("", LONGEST))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("1 fault", "gatehouse.shared", "java:cache/none", "web.xml")
        .hasMessageNotContaining("canary");
  }

  @Test
  @Tag("case-77")
  void whatIsNoMapStopsTheStart() {
    assertThatThrownBy(() -> new BoundMaps("java:cache/other", "app:").open("", LONGEST))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("gatehouse.shared", "java:cache/other", "ConcurrentMap")
        .hasMessageNotContaining("canary");
  }
}
