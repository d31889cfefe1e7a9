package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.LogoutEvent;
import io.gatehouse.Tokens;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.session.SessionTokens;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import jakarta.ws.rs.sse.SseEventSink;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a session closes everything that the session has open, whoever ends it. */
@Tag("case-111")
class EndedMeansClosedTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final TwoNodes nodes;

  EndedMeansClosedTest() throws Exception {
    nodes = new TwoNodes();
    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.there.open()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  /** A resource that counts how often it is closed. */
  private static final class Resource implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();

    @Override
    public void close() {
      times.incrementAndGet();
      closed.countDown();
    }

    void assertCloses() {
      assertHappens(closed);
      assertThat(times).hasValue(1);
    }
  }

  private static void assertHappens(CountDownLatch event) {
    try {
      assertThat(event.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Resource openOn(TwoNodes.Node node) {
    var resource = new Resource();
    node.tokens().onEnd(resource);
    return resource;
  }

  private static List<LogoutEvent.Cause> causes(TwoNodes.Node node) {
    return node.events().stream()
        .filter(LogoutEvent.class::isInstance)
        .map(it -> ((LogoutEvent) it).cause())
        .toList();
  }

  // Resources are closed by other threads, and before the application is informed.
  private static void assertCause(TwoNodes.Node node, LogoutEvent.Cause expected)
      throws InterruptedException {
    eventually(() -> !causes(node).isEmpty());
    assertThat(causes(node)).containsExactly(expected);
  }

  // The report of a container's end comes from another thread, in a few milliseconds.
  private static void assertNotInformed(TwoNodes.Node node) throws InterruptedException {
    Thread.sleep(500);
    assertThat(causes(node)).isEmpty();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    for (var i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void logoutClosesAllResources() throws Exception {
    var several = Stream.generate(() -> openOn(nodes.here)).limit(5).toList();
    nodes.here.tokens().logout();
    for (var it : several) {
      it.assertCloses();
    }
    assertCause(nodes.here, LogoutEvent.Cause.LOGOUT);
  }

  @Test
  void logoutOnAnotherNodeClosesThem() throws Exception {
    var resource = openOn(nodes.there);
    nodes.here.tokens().logout();
    resource.assertCloses();
    assertThat(causes(nodes.there)).isEmpty(); // the other node has informed the application
  }

  @Test
  void theEndOfTheLifetimeClosesThem() throws Exception {
    var resource = openOn(nodes.here);
    nodes.clock.advance(Duration.ofHours(12));
    resource.assertCloses();
    assertCause(nodes.here, LogoutEvent.Cause.LIFETIME);
  }

  @Test
  void aRefusedRefreshClosesThem() throws Exception {
    var resource = openOn(nodes.here);
    nodes.server.answersRefreshes(it -> Reply.status(400, "{\"error\":\"invalid_grant\"}"));
    nodes.advance(LoggedIn.LIFETIME);
    assertThat(nodes.here.open()).isEqualTo(302);
    resource.assertCloses();
    assertCause(nodes.here, LogoutEvent.Cause.REFUSED);
  }

  @Test
  void theContainersEndOfTheSessionClosesThem() throws Exception {
    var resource = openOn(nodes.here);
    var tokens = nodes.here.tokens();
    endByContainer(nodes.here, tokens);
    endByContainer(nodes.here, tokens);
    resource.assertCloses();
    assertCause(nodes.here, LogoutEvent.Cause.CONTAINER);
  }

  private static void endByContainer(TwoNodes.Node node, SessionTokens tokens) {
    var session = node.session().http();
    node.application()
        .gatehouse()
        .liveSessions()
        .attributeRemoved(new HttpSessionBindingEvent(session, Tokens.ATTRIBUTE, tokens));
  }

  /** The application or a second request invalidates the session just before the logout. */
  @ParameterizedTest
  @EnumSource(names = {"LOGOUT", "SERVER"})
  void aLogoutAfterTheContainersEndEndsTheSessionOnTheOtherNodeToo(LogoutEvent.Cause cause)
      throws Exception {
    var tokens = nodes.here.tokens();
    endByContainer(nodes.here, tokens);
    tokens.end(cause);
    assertThat(nodes.there.open()).isEqualTo(302);
    assertCause(nodes.here, LogoutEvent.Cause.CONTAINER);
    assertThat(causes(nodes.there)).isEmpty();
  }

  /** Otherwise the idle copy of a session would end the session that is used on another node. */
  @Test
  void theContainersEndOfACopyLeavesTheSessionOfAnotherNode() throws Exception {
    var resource = openOn(nodes.there);
    endByContainer(nodes.here, nodes.here.tokens());
    assertThat(nodes.there.open()).isEqualTo(200);
    assertThat(resource.times).hasValue(0);
  }

  /** Another node renews the tokens, and the container replaces the copy here. */
  private void renewOnTheOtherNode() throws Exception {
    nodes.advance(LoggedIn.LIFETIME.minusMinutes(1));
    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.here.tokens().current().generation()).isEqualTo(1);
    nodes.copy();
  }

  @Test
  void anEndOnTheOtherNodeReachesWhatAnEarlierCopyHasOpen() throws Exception {
    var resource = openOn(nodes.there);
    renewOnTheOtherNode();
    nodes.here.tokens().logout();
    resource.assertCloses();
    eventually(() -> !nodes.there.session().isValid());
  }

  @Test
  void anEndOnThisNodeReachesWhatAnEarlierCopyHasOpen() throws Exception {
    var resource = openOn(nodes.there);
    renewOnTheOtherNode();
    nodes.clockThere.advance(Duration.ofHours(12));
    resource.assertCloses();
    eventually(() -> !nodes.there.session().isValid());
  }

  @Test
  void theContainersEndOfACopyThatNoRequestHasUsedClosesWhatAnEarlierOneHasOpen() throws Exception {
    var resource = openOn(nodes.there);
    nodes.copy();
    endByContainer(nodes.there, nodes.there.tokens());
    resource.assertCloses();
    assertCause(nodes.there, LogoutEvent.Cause.CONTAINER);
  }

  @Test
  void theEndOfTheApplicationIsNoLogout() throws Exception {
    var other = openOn(nodes.there);
    nodes.here.application().gatehouse().liveSessions().applicationEnds();
    endByContainer(nodes.here, nodes.here.tokens());
    nodes.there.tokens().logout();
    other.assertCloses();
    assertNotInformed(nodes.here);
  }

  @Test
  void theApplicationIsInformedOnceOfCopiesThatContainersEnd() throws Exception {
    endByContainer(nodes.here, nodes.here.tokens());
    assertCause(nodes.here, LogoutEvent.Cause.CONTAINER);
    endByContainer(nodes.there, nodes.there.tokens());
    assertNotInformed(nodes.there);
  }

  @Test
  void theApplicationIsNotInformedAgainOfACopyThatEndsWithTheSession() throws Exception {
    nodes.here.tokens().logout();
    endByContainer(nodes.there, nodes.there.tokens());
    assertCause(nodes.here, LogoutEvent.Cause.LOGOUT);
    assertNotInformed(nodes.there);
  }

  /** The other node takes over the tokens that the ended copy was the first to renew. */
  @Test
  void whatACopyRenewsWhileItsContainerEndsItIsNotRevoked() throws Exception {
    var tokens = nodes.here.tokens();
    nodes.advance(Duration.ofMinutes(15));
    nodes.server.answersRefreshes(
        it -> {
          endByContainer(nodes.here, tokens);
          return it;
        });

    assertThat(nodes.here.open()).isEqualTo(302);

    assertThat(nodes.there.open()).isEqualTo(200);
    assertThat(nodes.there.tokens().refreshToken()).isPresent();
    assertThat(nodes.server.revocations()).isEmpty();
  }

  @Test
  void aResourceOfAnEndedSessionIsClosed() throws Exception {
    var tokens = nodes.here.tokens();
    tokens.logout();
    var resource = new Resource();
    tokens.onEnd(resource);
    resource.assertCloses();
  }

  @Test
  void aResourceThatIsNoLongerRegisteredIsLeftAlone() throws Exception {
    var forgotten = new Resource();
    try (var registration = nodes.here.tokens().onEnd(forgotten)) {
      assertThat(registration).isNotNull();
    }
    var kept = openOn(nodes.here);
    nodes.here.tokens().logout();
    kept.assertCloses();
    assertThat(forgotten.times).hasValue(0);
  }

  @Test
  void aResourceThatHangsDelaysNoOther() throws Exception {
    var never = new CountDownLatch(1);
    try {
      for (var i = 0; i < 3; i++) {
        nodes.here.tokens().onEnd((AutoCloseable) never::await);
      }
      nodes.here.tokens().onEnd((AutoCloseable) EndedMeansClosedTest::fail);
      var resource = openOn(nodes.here);
      nodes.here.tokens().logout();
      resource.assertCloses();
    } finally {
      never.countDown();
    }
  }

  private static void fail() {
    throw new IllegalStateException("canary");
  }

  /** A WebSocket, and the codes with which it has been closed. */
  private static final class Socket {
    private final List<Integer> codes = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    Session of(Principal user) {
      return Deployment.proxy(
          Session.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "close" -> close((CloseReason) arguments[0]);
                case "isOpen" -> closed.getCount() > 0;
                case "getUserPrincipal" -> user;
                default ->
                    throw new AssertionError("a close has no business with " + method.getName());
              });
    }

    private @Nullable Object close(CloseReason reason) {
      codes.add(reason.getCloseCode().getCode());
      closed.countDown();
      return null;
    }

    void assertClosesWithThePolicyCode() {
      assertHappens(closed);
      assertThat(codes).containsExactly(1008);
    }
  }

  @Test
  void aWebSocketIsClosedWithThePolicyCode() throws Exception {
    var socket = new Socket();
    var tokens = nodes.here.tokens();
    tokens.onEnd(socket.of(tokens.user()));
    tokens.logout();
    socket.assertClosesWithThePolicyCode();
  }

  /** The container of Jetty, which lists its open sockets and does not close them itself. */
  public static final class ListingContainer {
    private final List<Session> sockets = new CopyOnWriteArrayList<>();

    public List<Session> getOpenSessions() {
      return sockets;
    }
  }

  /** The container of WildFly, whose endpoints list their open sockets. */
  public record ContainerOfEndpoints(ListingContainer endpoint) {
    public List<ListingContainer> getConfiguredServerEndpoints() {
      return List.of(endpoint);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWebSocketThatOpensWhileItsSessionEndsIsClosed(boolean isOfEndpoint) throws Exception {
    var open = new ListingContainer();
    var container = isOfEndpoint ? new ContainerOfEndpoints(open) : open;
    var context =
        Deployment.proxy(
            ServletContext.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContextPath" -> "/shop";
                  case "getAttribute" ->
                      arguments[0].equals("jakarta.websocket.server.ServerContainer")
                          ? container
                          : null;
                  default -> null;
                });
    var handshake =
        FakeRequest.get(TwoNodes.PAGE)
            .header("Upgrade", "websocket")
            .header("Connection", "Upgrade")
            .context("/shop")
            .inside(context)
            .in(nodes.here.session());
    var socket = new Socket();
    var other = openOn(nodes.here);
    nodes
        .here
        .application()
        .answer(
            handshake,
            (request, response) -> {
              var user = ((HttpServletRequest) request).getUserPrincipal();
              nodes.here.tokens().logout();
              other.assertCloses();
              open.sockets.add(socket.of(user));
            });
    socket.assertClosesWithThePolicyCode();
  }

  @Test
  void anEventStreamThatIsClosedAlreadyIsLeftAlone() throws Exception {
    var calls = new CopyOnWriteArrayList<String>();
    var stream =
        Deployment.proxy(
            SseEventSink.class,
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              return true;
            });
    nodes.here.tokens().onEnd(stream);
    var resource = openOn(nodes.here);
    nodes.here.tokens().logout();
    resource.assertCloses();
    eventually(() -> calls.contains("isClosed"));
    assertThat(calls).doesNotContain("close");
  }
}
