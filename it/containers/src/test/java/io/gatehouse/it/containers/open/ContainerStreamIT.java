package io.gatehouse.it.containers.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.containers.Container;
import io.gatehouse.it.containers.OnEveryContainer;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.client.SocketClient;
import io.gatehouse.it.servers.client.StreamClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event streams of a servlet and of Jakarta REST: they end with the session of their user. */
@OnEveryContainer
class ContainerStreamIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(10);
  private static final int PINGS = 15;
  private static final Duration A_MOMENT = Duration.ofSeconds(3);

  private StreamClient open(String path, Browser browser) throws InterruptedException {
    var stream = StreamClient.open(StaysOpen.page(path), browser);
    assertThat(stream.response().statusCode()).isEqualTo(200);
    assertThat(stream.next()).startsWith("data: user did:key:");
    return stream;
  }

  /** F2. */
  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/rest/open/events"})
  @Tag("case-111")
  void logoutEndsTheStreamsOfTheSessionAndNoOther(String path) throws Exception {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    var mine = open(path, browser);
    var second = open(path, browser);
    var other = open(path, StaysOpen.logIn(StaysOpen.MANAGER));
    assertThat(mine.endsWithin(A_MOMENT)).isFalse();

    StaysOpen.logOut(browser);

    assertThat(mine.endsWithin(SOON)).isTrue();
    assertThat(second.endsWithin(SOON)).isTrue();
    assertThat(other.endsWithin(A_MOMENT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/rest/open/events"})
  @Tag("case-111")
  void backChannelLogoutEndsThem(String path) throws Exception {
    assertEndedBy(it -> StaysOpen.endByServer(StaysOpen.subject(it)), path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/rest/open/events"})
  @Tag("case-111")
  void theApplicationsEndOfTheSessionEndsThem(String path) throws Exception {
    assertEndedBy(
        it -> assertThat(it.get(StaysOpen.page("/invalidate")).body()).contains("invalidated"),
        path);
  }

  private void assertEndedBy(Consumer<Browser> end, String path) throws Exception {
    var browser = StaysOpen.logIn(StaysOpen.AUDITOR);
    var mine = open(path, browser);
    end.accept(browser);
    assertThat(mine.endsWithin(SOON)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/rest/open/events"})
  @Tag("case-111")
  void aStreamWhoseSessionEndsBeforeItIsRegisteredEnds(String path) throws Exception {
    var mine = open(path + "?ended=true", StaysOpen.logIn(StaysOpen.AUDITOR));
    assertThat(mine.endsWithin(SOON)).isTrue();
  }

  /** Only in the nightly profile, since containers look for idle sessions every minute. */
  @Test
  @EnabledIfSystemProperty(named = "container.every", matches = "1")
  void theIdleTimeEndsThemAndSocketsWhereTheyAreNoUse() throws Exception {
    var stream = open("/stream", idleSoon());
    try (var socket = SocketClient.open(StaysOpen.page("/ws/user"), idleSoon(), Map.of())) {
      assertThat(socket.next()).isEqualTo("open");
      var code = 0;
      for (var i = 0; i < PINGS && code == 0; i++) {
        code = socket.closeCode(BETWEEN_PINGS);
        if (code == 0) { // Jetty closes a socket that nothing is sent on
          assertThat(socket.ask("ping")).isEqualTo("pong");
        }
      }
      assertThat(code).isEqualTo(Container.socketsAreUse() ? 0 : 1008);
      assertThat(stream.endsWithin(SOON)).isNotEqualTo(Container.streamsAreUse());
    }
  }

  private static Browser idleSoon() {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    browser.get(StaysOpen.page("/invalidate?in=5"));
    return browser;
  }

  /** EventSource gives up at 401, so that a script can send the user to log in. */
  @Test
  void afterTheEndAStreamIs401() throws Exception {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    StaysOpen.logOut(browser);
    var stream = StreamClient.open(StaysOpen.page("/stream"), browser);
    assertThat(stream.response().statusCode()).isEqualTo(401);
  }
}
