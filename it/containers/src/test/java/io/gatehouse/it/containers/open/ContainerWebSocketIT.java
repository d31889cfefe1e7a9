package io.gatehouse.it.containers.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.containers.Application;
import io.gatehouse.it.containers.Container;
import io.gatehouse.it.containers.OnEveryContainer;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.client.SocketClient;
import io.gatehouse.it.servers.container.RawHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets of users: whose they are, who may open them, and that they end with the session. */
@OnEveryContainer
class ContainerWebSocketIT {
  private static final String SOCKET = "/ws/user";
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration A_MOMENT = Duration.ofSeconds(3);

  private SocketClient open(String path, Browser browser) {
    return SocketClient.open(StaysOpen.page(path), browser, Map.of());
  }

  private SocketClient registered(Browser browser) {
    var socket = open(SOCKET, browser);
    assertThat(socket.next()).isEqualTo("open");
    return socket;
  }

  @Test
  @Tag("case-109")
  void theEndpointKnowsItsUser() {
    try (var socket = registered(StaysOpen.logIn(StaysOpen.MANAGER))) {
      assertThat(socket.ask("user")).matches("did:key:.* \\[.*ProductOffering:Create.*]");
      assertThat(socket.ask("token")).matches("-?[0-9]+");
    }
  }

  /** Two users at once, since the properties of an endpoint may be common to all its sockets. */
  @Test
  @Tag("case-109")
  void theHandshakeShowsItsOwnUser() {
    var sockets = new ArrayList<SocketClient>();
    for (var person : List.of(StaysOpen.MANAGER, StaysOpen.AUDITOR, StaysOpen.MANAGER)) {
      var browser = StaysOpen.logIn(person);
      var subject = StaysOpen.subject(browser);
      var socket = open("/ws/plain", browser);
      sockets.add(socket);
      assertThat(socket.next())
          .startsWith("user " + subject + " ")
          .endsWith(" tokens true session true");
    }
    sockets.forEach(SocketClient::close);
  }

  /** F3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: cross-site"
      })
  @Tag("case-112")
  void aPageOfAnotherOriginOpensNone(String header) {
    var user = StaysOpen.logIn(StaysOpen.AUDITOR);
    var before = StaysOpen.counts();
    try (var connection = new RawHttp(Application.PORT).within(1500)) {
      var answer =
          connection.send(
              "GET",
              StaysOpen.page(SOCKET).getPath(),
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Cookie: " + user.cookieHeader(StaysOpen.page(SOCKET)),
              header);
      assertThat(answer.status()).isEqualTo(403);
    }
    assertThat(StaysOpen.counts()).isEqualTo(before);
  }

  @Test
  @Tag("case-112")
  void theOwnPageOpensOne() {
    var origin = Map.of("Origin", "http://localhost:" + Application.PORT);
    try (var socket =
        SocketClient.open(StaysOpen.page(SOCKET), StaysOpen.logIn(StaysOpen.AUDITOR), origin)) {
      assertThat(socket.next()).isEqualTo("open");
    }
  }

  /** F4. */
  @Test
  @Tag("case-111")
  void logoutClosesAllSocketsOfTheSessionAndNoOther() {
    var browser = StaysOpen.logIn(StaysOpen.AUDITOR);
    var mine = List.of(registered(browser), registered(browser), registered(browser));
    try (var other = registered(StaysOpen.logIn(StaysOpen.AUDITOR))) {
      StaysOpen.logOut(browser);
      for (var socket : mine) {
        assertThat(socket.closeCode(SOON)).isEqualTo(1008);
      }
      assertThat(other.closeCode(A_MOMENT)).isZero();
      assertThat(other.ask("user")).startsWith("did:key:");
    }
  }

  /** F2 and F4. */
  @Test
  @Tag("case-111")
  void allAreClosedWithoutRegistrationToo() {
    var browser = StaysOpen.logIn(StaysOpen.AUDITOR);
    var sockets = plain(browser);
    StaysOpen.logOut(browser);
    assertThat(codes(sockets)).containsOnly(Container.closesSockets() ? 1008 : 0);
  }

  /** F2. */
  @Test
  @Tag("case-111")
  void backChannelLogoutClosesThemWithoutRegistrationToo() {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    var sockets = plain(browser);
    var other = plain(StaysOpen.logIn(StaysOpen.AUDITOR));
    StaysOpen.endByServer(StaysOpen.subject(browser));
    assertThat(codes(sockets)).containsOnly(Container.closesSockets() ? 1008 : 0);
    assertThat(codes(other)).containsOnly(0);
  }

  private List<SocketClient> plain(Browser browser) {
    var sockets = Stream.generate(() -> open("/ws/plain", browser)).limit(3).toList();
    sockets.forEach(it -> assertThat(it.next()).startsWith("user did:key:"));
    return sockets;
  }

  private static List<Integer> codes(List<SocketClient> sockets) {
    var codes = sockets.stream().map(it -> it.closeCode(A_MOMENT)).toList();
    sockets.forEach(SocketClient::close);
    return codes;
  }

  /** F2. */
  @Test
  @Tag("case-111")
  void backChannelLogoutClosesThem() {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    var mine = List.of(registered(browser), registered(browser));
    try (var other = registered(StaysOpen.logIn(StaysOpen.AUDITOR))) {
      StaysOpen.endByServer(StaysOpen.subject(browser));
      for (var socket : mine) {
        assertThat(socket.closeCode(SOON)).isEqualTo(1008);
      }
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  @Tag("case-111")
  void theApplicationsEndOfTheSessionClosesThem() {
    var browser = StaysOpen.logIn(StaysOpen.AUDITOR);
    var socket = registered(browser);
    assertThat(browser.get(StaysOpen.page("/invalidate")).body()).contains("invalidated");
    assertThat(socket.closeCode(SOON)).isEqualTo(1008);
  }
}
