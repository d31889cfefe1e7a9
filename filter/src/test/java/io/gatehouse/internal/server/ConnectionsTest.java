package io.gatehouse.internal.server;

import static io.gatehouse.internal.server.LoopbackServer.answering;
import static io.gatehouse.internal.server.LoopbackServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.server.Relay.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a request to the server: connections, addresses and proxies. */
@Timeout(30)
class ConnectionsTest {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Map<String, String> FORM = Map.of("code", "canary");
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}";
  private static final String HOST = "server.example";
  private static final int UNUSED_PORT = 1;

  private static HttpServerCalls calls(Routes.Names names, @Nullable ProxySelector proxies)
      throws Exception {
    return new HttpServerCalls(
        CONNECT, DEADLINE, SSLContext.getDefault(), new Routes(names, () -> proxies));
  }

  private static HttpServerCalls calls(Routes.Names names) throws Exception {
    return calls(names, null);
  }

  private static HttpServerCalls calls() throws Exception {
    return calls(InetAddress::getAllByName);
  }

  private static InetAddress[] addresses(String... literals) throws UnknownHostException {
    var addresses = new ArrayList<InetAddress>();
    for (var literal : literals) {
      addresses.add(InetAddress.getByName(literal));
    }
    return addresses.toArray(InetAddress[]::new);
  }

  /** The address of a server on loopback, by a name. */
  private static URI named(LoopbackServer server) {
    return URI.create("http://" + HOST + ":" + server.uri().getPort() + "/token");
  }

  private static LoginFailedException failure(HttpServerCalls calls, URI uri) {
    try {
      calls.post(uri, FORM);
    } catch (LoginFailedException e) {
      assertThat(e.reason()).doesNotContainIgnoringCase("canary");
      return e;
    }
    throw new AssertionError("the call succeeds");
  }

  private static void assertUnavailable(HttpServerCalls calls, URI uri, String reason) {
    var failed = failure(calls, uri);
    assertThat(failed.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(failed.reason()).contains(reason);
  }

  @Test
  void eachCallHasAConnectionOfItsOwnThoughTheServerKeepsConnectionsOpen() throws Exception {
    var ports = new CopyOnWriteArrayList<Integer>();
    try (var calls = calls();
        var server =
            new LoopbackServer(
                (connection, out) -> {
                  ports.add(connection.getPort());
                  write(out, OK);
                })) {
      for (var i = 0; i < 3; i++) {
        calls.post(server.uri(), FORM);
        calls.get(server.uri());
      }
      assertThat(ports).hasSize(6).doesNotHaveDuplicates();
      assertThat(server.requests).allMatch(it -> it.contains("\r\nConnection: close\r\n"));
    }
  }

  @Test
  @Tag("case-85")
  void connectionsThatTheNetworkForgotAreNotUsed() throws Exception {
    try (var calls = calls();
        var server = answering(OK);
        var relay = Relay.to(server.uri().getPort())) {
      var uri = URI.create(relay.origin() + "/token");
      calls.post(uri, FORM);
      relay.forget();
      assertThat(calls.post(uri, FORM).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"NONE", "DELAYS", "DUPLICATES"})
  void aNetworkThatIsSlowOrRepeatsItselfCostsNothing(Trouble trouble) throws Exception {
    try (var calls = calls();
        var server = answering(OK);
        var relay = Relay.to(server.uri().getPort())) {
      var uri = URI.create(relay.origin() + "/token");
      relay.next(trouble);
      assertThat(calls.post(uri, FORM).body()).hasSize(2);
      assertThat(calls.post(uri, FORM).body()).hasSize(2);
      assertThat(server.requests).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "DELAYS", "DUPLICATES"})
  @Tag("case-85")
  void aConnectionThatBreaksOnceUsedCostsOneCallAndNothingIsSentAgain(Trouble trouble)
      throws Exception {
    try (var calls = calls();
        var server = answering(OK);
        var relay = Relay.to(server.uri().getPort())) {
      var uri = URI.create(relay.origin() + "/token");
      relay.next(trouble);
      assertThat(failure(calls, uri).failure()).isEqualTo(Failure.ANSWER_LOST);
      assertThat(relay.used()).isEqualTo(1);
      assertThat(calls.post(uri, FORM).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "::1"})
  @Tag("case-84")
  void theNextAddressIsTriedIfTheFirstIsDead(String dead) throws Exception {
    try (var calls = calls(host -> addresses(dead, "127.0.0.1"));
        var server = answering(OK)) {
      assertThat(calls.post(named(server), FORM).status()).isEqualTo(200);
      assertThat(server.requests).hasSize(1).allMatch(it -> it.contains("Host: " + HOST));
    }
  }

  @Test
  @Tag("case-84")
  void nothingWasSentIfAllAddressesAreDead() throws Exception {
    try (var calls = calls(host -> addresses("127.0.0.2", "127.0.0.3"));
        var server = answering(OK)) {
      assertUnavailable(calls, named(server), "java.net.ConnectException");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  @Tag("case-84")
  void anAddressThatNeverAnswersCostsTimeOnce() throws Exception {
    try (var calls = calls(host -> addresses("127.0.0.2", "127.0.0.1"));
        var server = answering(OK);
        var silent = new Silence("127.0.0.2", server.uri().getPort())) {
      assertThat(silent.isSilent()).isTrue();
      assertThat(calls.post(named(server), FORM).status()).isEqualTo(200);
      var before = System.nanoTime();
      assertThat(calls.post(named(server), FORM).status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(CONNECT.dividedBy(3));
    }
  }

  /** A port that takes connections no more, since its queue is full, and says nothing. */
  private static final class Silence implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Socket> waiting = new ArrayList<>();

    Silence(String address, int port) throws IOException {
      listening = new ServerSocket(port, 1, InetAddress.getByName(address));
    }

    boolean isSilent() throws IOException {
      for (var i = 0; i < 10; i++) {
        var one = new Socket();
        waiting.add(one);
        try {
          one.connect(listening.getLocalSocketAddress(), 200);
        } catch (SocketTimeoutException e) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() throws IOException {
      for (var one : waiting) {
        one.close();
      }
      listening.close();
    }
  }

  @Test
  void aNameThatMovesIsFollowed() throws Exception {
    var address = new CopyOnWriteArrayList<>(List.of("127.0.0.1"));
    try (var calls = calls(host -> addresses(address.get(0)));
        var server = answering(OK)) {
      calls.post(named(server), FORM);
      address.set(0, "127.0.0.2");
      assertUnavailable(calls, named(server), "java.net.ConnectException");
      address.set(0, "127.0.0.1");
      calls.post(named(server), FORM);
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  @Tag("case-84")
  void aNameThatIsUnknownIsNamedSo() throws Exception {
    Routes.Names none =
        host -> {
          throw new UnknownHostException("canary");
        };
    try (var calls = calls(none)) {
      assertUnavailable(calls, URI.create("http://" + HOST + "/token"), "no such host");
    }
  }

  @Test
  @Tag("case-85")
  void whatWasNotSentByTheDeadlineIsNeverSent() throws Exception {
    var resolved = new CountDownLatch(1);
    Routes.Names slow =
        host -> {
          awaitIn(resolved);
          return addresses("127.0.0.1");
        };
    try (var server = answering(OK);
        var calls =
            new HttpServerCalls(
                CONNECT,
                Duration.ofMillis(200),
                SSLContext.getDefault(),
                new Routes(slow, () -> null))) {
      assertUnavailable(calls, named(server), "no whole answer within 200 ms");
      resolved.countDown();
      Thread.sleep(300);
      assertThat(server.requests).isEmpty();
    }
  }

  private static void awaitIn(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Tag("case-83")
  void theEndOfTheApplicationEndsItsCalls() throws Exception {
    var arrived = new CountDownLatch(1);
    try (var calls = calls();
        var server =
            new LoopbackServer(
                (connection, out) -> {
                  arrived.countDown();
                  Thread.sleep(60_000);
                })) {
      var stopping = new Thread(() -> endAfter(arrived, calls));
      stopping.start();
      assertThat(failure(calls, server.uri()).failure()).isEqualTo(Failure.ANSWER_LOST);
      assertUnavailable(calls, server.uri(), "the application is stopping");
      stopping.join();
    }
  }

  private static void endAfter(CountDownLatch latch, HttpServerCalls calls) {
    awaitIn(latch);
    calls.close();
  }

  /** A selector that gives proxies in the order to try them. */
  private static ProxySelector proxies(Proxy... inOrder) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(inOrder);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    };
  }

  private static Proxy at(int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", port));
  }

  @Test
  void aProxyForwardsWhatIsSentInClear() throws Exception {
    try (var proxy = answering(OK);
        var calls = calls(InetAddress::getAllByName, proxies(at(proxy.uri().getPort())))) {
      assertThat(calls.post(URI.create("http://" + HOST + ":81/token?a=b"), FORM).isOk()).isTrue();
      assertThat(proxy.requests.get(0))
          .startsWith("POST http://server.example:81/token?a=b HTTP/1.1\r\nHost: server.example:81")
          .endsWith("code=canary");
    }
  }

  @Test
  @Tag("case-84")
  void theNextProxyOrNoneIsTriedIfTheFirstIsDead() throws Exception {
    try (var server = answering(OK);
        var calls =
            calls(host -> addresses("127.0.0.1"), proxies(at(UNUSED_PORT), Proxy.NO_PROXY))) {
      assertThat(calls.post(named(server), FORM).status()).isEqualTo(200);
      assertThat(server.requests.get(0)).startsWith("POST /token HTTP/1.1\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  @Tag("case-84")
  void aProxyThatWantsAPasswordIsNamed(String scheme) throws Exception {
    var refusal = "HTTP/1.1 407 canary\r\nContent-Length: 0\r\nProxy-Authenticate: canary\r\n\r\n";
    try (var proxy = answering(refusal);
        var calls = calls(InetAddress::getAllByName, proxies(at(proxy.uri().getPort())))) {
      assertUnavailable(
          calls,
          URI.create(scheme + "://" + HOST + "/token"),
          "the proxy 127.0.0.1:" + proxy.uri().getPort() + " wants a password (407)");
      assertThat(proxy.requests).hasSize(1);
    }
  }

  @Test
  @Tag("case-84")
  void a407WithoutAProxyIsTheServersAnswer() throws Exception {
    try (var calls = calls();
        var server = answering("HTTP/1.1 407 x\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(calls.post(server.uri(), FORM).status()).isEqualTo(407);
    }
  }

  @Test
  @Tag("case-84")
  void aProxyThatDoesNotConnectIsNamed() throws Exception {
    try (var proxy = answering("HTTP/1.1 503 canary\r\nContent-Length: 0\r\n\r\n");
        var calls = calls(InetAddress::getAllByName, proxies(at(proxy.uri().getPort())))) {
      assertUnavailable(
          calls,
          URI.create("https://" + HOST + "/token"),
          " refuses to connect to server.example:443: status 503");
      assertThat(proxy.requests)
          .hasSize(1)
          .allMatch(it -> it.startsWith("CONNECT " + HOST + ":443 "));
    }
  }

  @Test
  @Tag("case-84")
  void aProxyThatCannotBeFoundIsNamed() throws Exception {
    Routes.Names none =
        host -> {
          throw new UnknownHostException("canary");
        };
    var away = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 1));
    try (var calls = calls(none, proxies(away))) {
      assertUnavailable(
          calls,
          URI.create("http://" + HOST + "/token"),
          "the proxy proxy.example cannot be found: java.net.UnknownHostException (no such host)");
    }
  }

  @Test
  void anAddressIsNotResolvedHereIfAProxyForwards() throws Exception {
    Routes.Names proxyOnly =
        host -> {
          assertThat(host).isEqualTo("127.0.0.1");
          return addresses(host);
        };
    try (var proxy = answering(OK);
        var calls = calls(proxyOnly, proxies(at(proxy.uri().getPort())))) {
      assertThat(calls.post(URI.create("http://" + HOST + "/token"), FORM).isOk()).isTrue();
    }
  }

  @Test
  void aSelectorWithoutAnyWayMeansNoProxy() throws Exception {
    try (var server = answering(OK);
        var calls = calls(InetAddress::getAllByName, proxies())) {
      assertThat(calls.get(server.uri()).isOk()).isTrue();
    }
  }
}
