package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many users and many strangers at a time, with the defaults of all limits. */
@Timeout(60)
@Tag("case-82")
class CrowdsTest {
  private static final String PAGE = "/shop/orders";
  private static final int CROWD = 40;

  private final AdjustableClock clock = new AdjustableClock();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch goesOn = new CountDownLatch(1);
  private final FakeAuthorizationServer server;
  private final Deployment application;

  CrowdsTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    var configuration =
        server.endpointsOf(ValidConfiguration.ofVerifier()).with(Property.PUBLIC_PATHS, "/about");
    application =
        new Deployment(
            configuration.read(),
            clock,
            "/shop",
            ClusterParts.Shared.ofSingleNode(clock),
            Events.NONE);
  }

  @AfterEach
  void close() {
    goesOn.countDown();
    threads.shutdownNow();
    application.close();
    server.close();
  }

  private void answersTokenRequestsAfter(Duration time) {
    server.answersTokenRequests(
        it -> {
          sleep(time);
          return it;
        });
  }

  private static void sleep(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hangs() {
    server.answersTokenRequests(
        it -> {
          try {
            goesOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return it;
        });
  }

  private static List<Integer> statuses(List<Future<Integer>> answers) throws Exception {
    var statuses = new ArrayList<Integer>();
    for (var answer : answers) {
      statuses.add(answer.get());
    }
    return statuses;
  }

  private Callable<Integer> callback() throws Exception {
    var browser = new Browser(application);
    var query = server.answerTo(browser.open(PAGE));
    return () -> browser.comeBack(query).status();
  }

  private Callable<Integer> page(FakeSession session) {
    var browser = new Browser(application);
    browser.keepSession(session);
    return () -> browser.open(PAGE).status();
  }

  private FakeSession session() {
    return LoggedIn.refreshable(clock, FakeAuthorizationServer.REFRESH_TOKEN);
  }

  private void renewsEveryToken() {
    server.answersRefreshes(
        it ->
            Reply.json("{\"access_token\":\"new\",\"token_type\":\"Bearer\",\"expires_in\":900}"));
  }

  @Test
  void codesThatComeTogetherWaitForTheirTurn() throws Exception {
    answersTokenRequestsAfter(Duration.ofMillis(300));
    var callbacks = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < CROWD; i++) {
      callbacks.add(callback());
    }
    assertThat(statuses(threads.invokeAll(callbacks))).hasSize(CROWD).containsOnly(303);
  }

  @Test
  @Tag("case-43")
  void strangersWithInventedCodesCostNoUserAPage() throws Exception {
    answersTokenRequestsAfter(Duration.ofMillis(100));
    renewsEveryToken();
    var users = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < CROWD; i++) {
      users.add(page(session()));
    }
    clock.advance(LoggedIn.LIFETIME);
    var ended = new AtomicBoolean();
    var invented = new AtomicInteger();
    var strangers = new ArrayList<Future<Boolean>>();
    for (var i = 0; i < CROWD; i++) {
      strangers.add(threads.submit(() -> callBackWithInventedCodes(ended, invented)));
    }
    while (invented.get() < CROWD) {
      Thread.onSpinWait();
    }
    assertThat(statuses(threads.invokeAll(users))).hasSize(CROWD).containsOnly(200);
    ended.set(true);
    for (var stranger : strangers) {
      assertThat(stranger.get()).isTrue();
    }
  }

  // A code needs the cookie of a login, which a stranger gets by a login of their own.
  private boolean callBackWithInventedCodes(AtomicBoolean ended, AtomicInteger invented)
      throws Exception {
    while (!ended.get()) {
      var stranger = new Browser(application);
      var state = stranger.open(PAGE).parameter("state");
      stranger.comeBack("code=invented&state=" + state);
      invented.incrementAndGet();
    }
    return true;
  }

  @Test
  @Tag("case-68")
  void allRequestsOfASessionWaitForItsRefresh() throws Exception {
    answersTokenRequestsAfter(Duration.ofMillis(1_500));
    var session = session();
    var pages = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < 20; i++) {
      pages.add(page(session));
    }
    clock.advance(LoggedIn.LIFETIME);
    assertThat(statuses(threads.invokeAll(pages))).hasSize(20).containsOnly(200);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  /** As Payara Server has five threads for requests. */
  @Test
  void fiveThreadsServePagesWhileTheTokenEndpointHangs() throws Exception {
    hangs();
    var container = Executors.newFixedThreadPool(5);
    var time = Executors.newSingleThreadScheduledExecutor();
    try {
      var callbacks = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < CROWD; i++) {
        callbacks.add(callback());
      }
      var user = page(session());
      var ticks =
          time.scheduleAtFixedRate(
              () -> clock.advance(Duration.ofMillis(150)), 100, 100, TimeUnit.MILLISECONDS);
      var hanging = new ArrayList<Future<Integer>>();
      for (var callback : callbacks) {
        hanging.add(container.submit(callback));
      }
      var stranger = container.submit(() -> new Browser(application).open("/shop/about").status());
      assertThat(container.submit(user).get(9, TimeUnit.SECONDS)).isEqualTo(200);
      assertThat(stranger.get()).isEqualTo(200);
      assertThat(hanging).anyMatch(it -> !it.isDone());
      assertThat(ticks.isDone()).isFalse();
    } finally {
      container.shutdownNow();
      time.shutdownNow();
    }
  }
}
