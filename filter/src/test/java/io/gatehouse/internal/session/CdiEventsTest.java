package io.gatehouse.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.FakeUser;
import io.gatehouse.LoginEvent;
import io.gatehouse.LogoutEvent;
import io.gatehouse.RefreshEvent;
import io.gatehouse.internal.observability.CapturedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.weld.environment.se.Weld;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CdiEventsTest {
  private static final FakeUser ADA = new FakeUser("ada");

  private static final List<Object> SEEN = new ArrayList<>();
  private static Deed deed = () -> {};
  private static @Nullable ClassLoader loaderSeen;

  private final Events events = Events.of(CdiEventsTest.class.getClassLoader());
  private final CapturedLog log = new CapturedLog();

  private interface Deed {
    void run() throws Throwable;
  }

  /** A bean of an application. */
  @ApplicationScoped
  static class Observer {
    void login(@Observes LoginEvent it) throws Throwable {
      SEEN.add(it);
      loaderSeen = Thread.currentThread().getContextClassLoader();
      deed.run();
    }

    void refresh(@Observes RefreshEvent it) {
      SEEN.add(it);
    }

    void logout(@Observes LogoutEvent it) {
      SEEN.add(it);
    }
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
    deed = () -> {};
    loaderSeen = null;
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private static void withContainer(Runnable work) {
    try (var container =
        new Weld().disableDiscovery().addBeanClasses(Observer.class).initialize()) {
      assertThat(container.isRunning()).isTrue();
      work.run();
    }
  }

  @Test
  void anObserverGetsEachEvent() {
    var all =
        List.of(
            new LoginEvent(ADA),
            new RefreshEvent(ADA),
            new LogoutEvent(ADA, LogoutEvent.Cause.SERVER));
    withContainer(() -> all.forEach(events::fire));
    assertThat(SEEN).isEqualTo(all);
    assertThat(log.ours()).isEmpty();
  }

  @Test
  void theContainerIsLookedUpByTheLoaderOfTheApplicationAlsoOnAThreadThatHasAnother() {
    var other = new ClassLoader(null) {};
    withContainer(
        () ->
            CompletableFuture.runAsync(
                    () -> {
                      var thread = Thread.currentThread();
                      thread.setContextClassLoader(other);
                      events.fire(new LoginEvent(ADA));
                      assertThat(thread.getContextClassLoader()).isSameAs(other);
                    },
                    it -> new Thread(it).start())
                .join());
    assertThat(loaderSeen).isSameAs(CdiEventsTest.class.getClassLoader());
  }

  @Test
  void whatAnObserverThrowsIsLoggedByItsNameAndGoesNoFurther() {
    for (var it :
        List.of(
            new IllegalStateException("canary"),
            new IOException("canary"),
            new StackOverflowError("canary"))) {
      deed =
          () -> {
            throw it;
          };
      withContainer(() -> events.fire(new LoginEvent(ADA)));
    }
    assertThat(log.ours())
        .containsExactly(
            "WARNING GH405 an observer of io.gatehouse.LoginEvent threw java.lang.IllegalStateException.",
            "WARNING GH405 an observer of io.gatehouse.LoginEvent threw java.io.IOException.",
            "WARNING GH405 an observer of io.gatehouse.LoginEvent threw java.lang.StackOverflowError.");
    assertThat(log.everything()).noneMatch(it -> it.contains("canary"));
  }

  @Test
  void withoutAContainerNothingHappens() {
    events.fire(new LoginEvent(ADA));
    withContainer(() -> assertThat(CDI.current()).isNotNull());
    events.fire(new LoginEvent(ADA)); // after it has gone
    assertThat(SEEN).isEmpty();
    assertThat(log.ours()).isEmpty();
  }
}
