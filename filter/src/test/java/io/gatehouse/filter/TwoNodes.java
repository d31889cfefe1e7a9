package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.internal.cluster.FakeSharedCache;
import io.gatehouse.internal.cluster.SharedMarkerStore;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.SessionTokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Two nodes, each with its own copy of one session, the parts that they share, and their
 * authorization server.
 */
public final class TwoNodes implements AutoCloseable {
  static final String PAGE = "/shop/orders";
  public static final String RECENT_PAGE = "/shop/recent/orders";

  public final AdjustableClock clock = new AdjustableClock();
  public final AdjustableClock clockThere = new AdjustableClock();
  public final FakeAuthorizationServer server;
  public final FakeSharedCache cache = new FakeSharedCache();
  private final FakeSharedCache onceOnly = new FakeSharedCache();
  public final Node here;
  public final Node there;

  public record Node(
      Deployment application, FakeSession session, Browser browser, List<Object> events) {
    public int open() throws Exception {
      return browser.open(PAGE).status();
    }

    public SessionTokens tokens() {
      return (SessionTokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
    }
  }

  public TwoNodes() throws Exception {
    this(true);
  }

  /**
   * Starts the nodes.
   *
   * @param retryLost whether they use a refresh token again that may be spent
   */
  public TwoNodes(boolean retryLost) throws Exception {
    server = new FakeAuthorizationServer(clock);
    here =
        node(clock, LoggedIn.refreshable(clock, FakeAuthorizationServer.REFRESH_TOKEN), retryLost);
    there = node(clockThere, new FakeSession("copy"), retryLost);
    copy();
  }

  private Node node(AdjustableClock itsClock, FakeSession session, boolean retryLost)
      throws Exception {
    var configuration =
        server
            .endpointsOf(ValidConfiguration.ofVerifier())
            .with(Property.HTTP_TIMEOUT, "1s")
            .with(Property.CLOCK_SKEW, "60s")
            .with(Property.SESSION_RETRY_LOST_REFRESH, String.valueOf(retryLost))
            .with(Property.LOGOUT_REVOKE, "true")
            .with(Property.REQUIRED_MAX_AGE, "/recent/*=5m")
            .read();
    var shared =
        new ClusterParts.Shared(
            new SharedMarkerStore(cache, onceOnly, itsClock), Optional.of(cache));
    var events = new CopyOnWriteArrayList<Object>();
    var application = new Deployment(configuration, itsClock, "/shop", shared, events::add);
    var browser = new Browser(application);
    browser.keepSession(session);
    return new Node(application, session, browser, events);
  }

  /** Copies the session from one node to the other, as the container does. */
  public void copy() throws IOException, ClassNotFoundException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(here.tokens());
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      there.session().with(Tokens.ATTRIBUTE, in.readObject());
    }
  }

  /** Lets time pass on both. */
  public void advance(Duration time) {
    clock.advance(time);
    clockThere.advance(time);
  }

  /** Returns the entry of the shared cache for the refreshes of the login. */
  public String refreshEntry() {
    return "refresh " + here.tokens().current().sessionName().byLogin();
  }

  @Override
  public void close() {
    here.application().close();
    there.application().close();
    server.close();
  }
}
