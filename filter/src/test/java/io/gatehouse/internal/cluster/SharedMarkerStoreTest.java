package io.gatehouse.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.HazelcastMemberCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.properties.ClusterProperty;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.filter.Deployment;
import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.EndedSessions;
import io.gatehouse.internal.protocol.SessionName;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A MarkerStore on two nodes: two members of a Hazelcast cluster, in this process and on loopback.
 */
@Tag("case-75")
class SharedMarkerStoreTest {
  private static final Duration LONGEST = Duration.ofHours(13);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final AtomicInteger CACHES = new AtomicInteger();

  private static final List<HazelcastInstance> MEMBERS = new CopyOnWriteArrayList<>();
  private static final Map<String, CacheManager> MANAGERS = new ConcurrentHashMap<>();

  private final AdjustableClock clock = new AdjustableClock();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicBoolean readOnly = new AtomicBoolean();
  private final CapturedLog log = new CapturedLog();
  private final String name = "gatehouse-" + CACHES.incrementAndGet();
  private final SharedMarkerStore here = markers(one(), "app:");
  private final SharedMarkerStore there = markers(other(), "app:");

  @BeforeAll
  static void startCluster() throws Exception {
    var port = freePort();
    MEMBERS.add(member("one", port));
    MEMBERS.add(member("other", port));
    assertThat(one().getCluster().getMembers()).hasSize(2);
  }

  @AfterAll
  static void stopCluster() {
    MEMBERS.forEach(HazelcastInstance::shutdown);
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private static HazelcastInstance one() {
    return MEMBERS.get(0);
  }

  private static HazelcastInstance other() {
    return MEMBERS.get(1);
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HazelcastInstance member(String name, int port) {
    var config = new Config(name);
    config.setClusterName("gatehouse-test-" + port);
    config.setProperty(ClusterProperty.PHONE_HOME_ENABLED.getName(), "false");
    config.setProperty(ClusterProperty.LOGGING_TYPE.getName(), "none");
    config.setProperty(ClusterProperty.SOCKET_BIND_ANY.getName(), "false");
    config.setProperty(ClusterProperty.WAIT_SECONDS_BEFORE_JOIN.getName(), "0");
    var network = config.getNetworkConfig();
    network.setPort(port).setPortAutoIncrement(true);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + port);
    return Hazelcast.newHazelcastInstance(config);
  }

  static CacheManager manager(HazelcastInstance member) {
    return MANAGERS.computeIfAbsent(member.getName(), it -> opened(member));
  }

  private static CacheManager opened(HazelcastInstance member) {
    var properties = new Properties();
    properties.setProperty(HazelcastCachingProvider.HAZELCAST_INSTANCE_NAME, member.getName());
    // Not closed: that closes caches for all, and the members are shut down in the end.
    return new HazelcastMemberCachingProvider().getCacheManager(null, null, properties);
  }

  private SharedMarkerStore markers(HazelcastInstance member, String prefix) {
    var caches = new JCaches(() -> breakable(manager(member)), name, prefix);
    return new SharedMarkerStore(caches.open("", LONGEST), caches.open("-once", MINUTE), clock);
  }

  private CacheManager breakable(CacheManager manager) {
    return Deployment.proxy(
        CacheManager.class,
        (proxy, method, arguments) -> {
          var result = method.invoke(manager, arguments);
          return result instanceof Cache<?, ?> cache ? breakable(cache) : result;
        });
  }

  private Object breakable(Cache<?, ?> cache) {
    return Deployment.proxy(
        Cache.class,
        (proxy, method, arguments) -> {
          if (broken.get() || (readOnly.get() && !method.getName().equals("get"))) {
            throw new CacheException("canary: the cluster is gone");
          }
          return method.invoke(cache, arguments);
        });
  }

  @Test
  void aMarkOfOneNodeIsFoundOnTheOther() {
    here.raise("a", 7, MINUTE);
    assertThat(there.find("a")).hasValue(7L);
    assertThat(there.find("b")).isEmpty();
  }

  @Test
  void aMarkIsFoundUntilItsOwnTimeIsOver() {
    here.raise("a", 7, MINUTE);
    clock.advance(MINUTE.minusMillis(1));
    assertThat(there.find("a")).hasValue(7L);
    clock.advance(Duration.ofMillis(1));
    assertThat(there.find("a")).isEmpty();
    assertThat(here.find("a")).isEmpty();
  }

  @Test
  void aMarkIsRaisedAndNeverLoweredByAnyNode() {
    here.raise("a", 7, MINUTE);
    there.raise("a", 6, MINUTE);
    assertThat(here.find("a")).hasValue(7L);
    assertThat(there.find("a")).hasValue(7L);
    there.raise("a", 8, MINUTE);
    assertThat(here.find("a")).hasValue(8L);
  }

  @Test
  void aMarkThatIsRaisedIsKeptAnew() {
    here.raise("a", 7, MINUTE);
    clock.advance(Duration.ofSeconds(40));
    there.raise("a", 7, MINUTE);
    clock.advance(Duration.ofSeconds(40));
    assertThat(here.find("a")).hasValue(7L);
  }

  @Test
  void ofTwoNodesOnePuts() {
    assertThat(here.putIfAbsent("jti", 7, MINUTE)).isTrue();
    assertThat(there.putIfAbsent("jti", 8, MINUTE)).isFalse();
    assertThat(here.putIfAbsent("jti", 8, MINUTE)).isFalse();
    clock.advance(MINUTE);
    assertThat(there.putIfAbsent("jti", 9, MINUTE)).isTrue();
    assertThat(here.putIfAbsent("jti", 10, MINUTE)).isFalse();
  }

  @Test
  void applicationsThatShareACacheDoNotShareMarks() {
    here.raise("a", 7, MINUTE);
    assertThat(markers(one(), "another:").find("a")).isEmpty();
  }

  @Test
  @SuppressWarnings("unchecked") // a generic type has no class of its own to ask by
  void theCacheForgetsByItself() {
    Cache<String, String> cache = manager(one()).getCache(name);
    var configuration =
        (CompleteConfiguration<String, String>) cache.getConfiguration(CompleteConfiguration.class);
    var expiry = configuration.getExpiryPolicyFactory().create();
    assertThat(expiry.getExpiryForCreation().getAdjustedTime(0)).isEqualTo(LONGEST.toMillis());
    assertThat(expiry.getExpiryForUpdate().getAdjustedTime(0)).isEqualTo(LONGEST.toMillis());
    assertThat(expiry.getExpiryForAccess()).isNull();
  }

  @Test
  void takesACacheThatIsThere() {
    manager(one()).createCache("configured-" + name, new MutableConfiguration<>());
    var caches = new JCaches(() -> manager(other()), "configured-" + name, "app:");
    var cache = caches.open("", LONGEST);
    var configured = new SharedMarkerStore(cache, cache, clock);
    configured.raise("a", 7, MINUTE);
    assertThat(configured.find("a")).hasValue(7L);
  }

  @Test
  void aLogoutOnOneNodeEndsTheSessionOnTheOther() {
    var session =
        new SessionName(
            "https://op.example",
            Optional.of("sid"),
            "ada",
            Optional.of("nonce"),
            clock.instant().getEpochSecond());
    var onOther = new EndedSessions(there, Duration.ofHours(12));
    assertThat(onOther.contains(session, 0)).isFalse();
    new EndedSessions(here, Duration.ofHours(12)).endBySid("https://op.example", "sid", 0);
    assertThat(onOther.contains(session, 0)).isTrue();
  }

  @Test
  void aSessionThatHasEndedOnOneNodeHasNoCopiesOnAnother() {
    var ended = nameOfLogin("one");
    var another = nameOfLogin("another");
    new EndedSessions(here, Duration.ofHours(12)).endCopies(ended);
    var onOther = new EndedSessions(there, Duration.ofHours(12));
    assertThat(onOther.original(ended)).isEqualTo(EndedSessions.Original.ENDED);
    assertThat(onOther.contains(ended, 0)).as("the server has not").isFalse();
    assertThat(onOther.original(another)).isEqualTo(EndedSessions.Original.LIVES);
  }

  @Test
  void aSessionThatWentOnAndThenEndedHasEnded() {
    var name = nameOfLogin("one");
    var onHere = new EndedSessions(here, Duration.ofHours(12));
    var onOther = new EndedSessions(there, Duration.ofHours(12));
    onHere.outdateCopies(name);
    assertThat(onOther.original(name)).isEqualTo(EndedSessions.Original.GOES_ON);
    onHere.endCopies(name);
    onHere.outdateCopies(name);
    assertThat(onOther.original(name)).isEqualTo(EndedSessions.Original.ENDED);
  }

  private SessionName nameOfLogin(String nonce) {
    return new SessionName(
        "https://op.example",
        Optional.of("sid"),
        "ada",
        Optional.of(nonce),
        clock.instant().getEpochSecond());
  }

  @Test
  void aCacheThatFailsForASecondLogsNobodyOut() {
    assertThat(there.find("a")).isEmpty();
    broken.set(true);
    clock.advance(SharedMarkerStore.MAX_SILENCE);
    assertThat(there.find("a")).isEmpty();
  }

  @Test
  void afterAMinuteWithoutTheCacheNobodyIsServedOnOldKnowledge() {
    assertThat(there.find("a")).isEmpty();
    broken.set(true);
    clock.advance(SharedMarkerStore.MAX_SILENCE.plusMillis(1));
    assertThatThrownBy(() -> there.find("a"))
        .isInstanceOfSatisfying(
            ServerUnavailableException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(5)))
        .hasNoCause();
    broken.set(false);
    assertThat(there.find("a")).isEmpty();
  }

  @Test
  void aMinuteWithoutTheCacheEndsForAClockThatWasAheadToo() {
    clock.advance(Duration.ofHours(3));
    assertThat(there.find("a")).isEmpty();
    clock.advance(Duration.ofHours(-3));
    broken.set(true);
    assertThat(there.find("a")).isEmpty();
    clock.advance(SharedMarkerStore.MAX_SILENCE.plusMillis(1));
    assertThatThrownBy(() -> there.find("a")).isInstanceOf(ServerUnavailableException.class);
  }

  @Test
  void whatANodeWasToldItselfHoldsWhileTheCacheFails() {
    broken.set(true);
    assertThatThrownBy(() -> here.raise("a", 7, MINUTE))
        .isInstanceOf(ServerUnavailableException.class);
    assertThat(here.find("a")).hasValue(7L);
    assertThat(there.find("a")).isEmpty();
    broken.set(false);
    assertThat(here.find("b")).as("asked for whatever").isEmpty();
    assertThat(there.find("a")).hasValue(7L);
  }

  private void assertRefused(SharedMarkerStore store, String mark, long value) {
    assertThatThrownBy(() -> store.raise(mark, value, MINUTE))
        .isInstanceOf(ServerUnavailableException.class);
  }

  /** As a cluster that has lost its quorum: it refuses writes, and answers reads. */
  @Test
  void whatAnotherNodeHasMarkedHoldsWhileThisOneCannotTellItsOwn() {
    there.raise("a", 7, MINUTE);
    readOnly.set(true);
    assertRefused(here, "b", 8);
    assertThat(here.find("a")).hasValue(7L);
    assertThat(here.find("b")).hasValue(8L);
    readOnly.set(false);
    assertThat(here.find("a")).hasValue(7L);
    assertThat(there.find("b")).hasValue(8L);
  }

  @Test
  void theHighestOfSeveralMarksThatCouldNotBeToldIsToldWhateverTheirOrder() {
    readOnly.set(true);
    assertRefused(here, "a", 90);
    assertRefused(here, "a", 100);
    assertRefused(here, "a", 95);
    readOnly.set(false);
    assertThat(here.find("b")).as("asked for whatever").isEmpty();
    assertThat(there.find("a")).hasValue(100L);
  }

  @Test
  void whatIsToBeKnownForMinutesIsForgottenAfterMinutes() {
    assertThat(here.putIfAbsent("jti", 7, MINUTE)).isTrue();
    assertThat(manager(one()).<String, String>getCache(name).iterator().hasNext()).isFalse();
    assertThat(manager(one()).<String, String>getCache(name + "-once").iterator().hasNext())
        .isTrue();
  }

  @Test
  void aPutThatFailsHasPutNothing() {
    broken.set(true);
    assertThatThrownBy(() -> here.putIfAbsent("jti", 7, MINUTE))
        .isInstanceOf(ServerUnavailableException.class);
    broken.set(false);
    assertThat(here.putIfAbsent("jti", 7, MINUTE)).isTrue();
  }

  @Test
  @Tag("case-89")
  void warnsOnceAMinuteWithoutAStackTrace() {
    broken.set(true);
    for (int i = 0; i < 100; i++) {
      assertThat(there.find("a")).isEmpty();
    }
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0)).startsWith("WARNING GH422 the cache of gatehouse.shared fails");
    assertThat(log.everything()).noneMatch(it -> it.contains("canary"));
    clock.advance(MINUTE);
    assertThat(there.find("a")).isEmpty();
    assertThat(log.ours()).hasSize(2);
  }

  @Test
  @Tag("case-77")
  void aCacheThatCannotBeHadStopsTheStart() {
    assertThatThrownBy(
            () ->
                new JCaches(
                        () -> {
                          throw new CacheException("canary: none is configured");
                        },
                        "gatehouse",
                        "app:")
                    .open("", LONGEST))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("1 fault", "gatehouse.shared", "CacheException", "Hazelcast")
        .message()
        .doesNotContain("canary");
  }

  @Test
  @Tag("case-77")
  void aCacheThatDoesNotAnswerStopsTheStart() {
    broken.set(true);
    assertThatThrownBy(() -> markers(one(), "app:"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gatehouse.shared");
  }
}
