package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.Tokens;
import io.gatehouse.internal.access.WelcomeFiles;
import io.gatehouse.internal.config.ConfigurationReader;
import io.gatehouse.internal.config.FilterName;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.Events;
import io.gatehouse.internal.session.NamedSession;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that passes several of an application's filters. */
@Tag("case-100")
class SeveralFiltersTest {
  private static Gatehouse gate(String name) {
    return gate(name, "/open");
  }

  private static Gatehouse gate(String name, String publicPaths) {
    var clock = new AdjustableClock();
    var configuration =
        ConfigurationReader.read(
            ValidConfiguration.ofVerifier()
                .with(Property.PUBLIC_PATHS, publicPaths)
                .with(Property.REQUIRED_ROLES, "/boss=Boss")
                .config(),
            new FilterName(name, Set.of("shop", "staff")),
            Map.of(),
            SeveralFiltersTest.class.getClassLoader());
    return new Gatehouse(
        configuration,
        WelcomeFiles.USUAL,
        ClusterParts.Shared.ofSingleNode(clock),
        Events.NONE,
        Telemetry.NONE,
        clock,
        new SecureRandom());
  }

  private static FilterConfig named(String name, FilterRegistry registry) {
    var context = Deployment.proxy(ServletContext.class, (proxy, method, arguments) -> registry);
    return Deployment.proxy(
        FilterConfig.class,
        (proxy, method, arguments) -> method.getName().equals("getFilterName") ? name : context);
  }

  @Test
  void aPageThatIncludesOneOfAnotherFilterFindsItsOwnTokensAfterwards() throws Exception {
    try (var shop = gate("shop");
        var staff = gate("staff")) {
      var filter = new GatehouseFilter();
      filter.init(named("staff", new FilterRegistry(Map.of("shop", shop, "staff", staff))));
      var request = FakeRequest.get("/shop/open").dispatchedAs(DispatcherType.INCLUDE);
      var page = request.context("/shop").http();
      shop.judgements().leave(page);
      var ofShop =
          new NamedRequest(
              page, "shop", "found", session -> Optional.empty(), (thrown, of, response) -> {});
      var finderOfShop = page.getAttribute(Tokens.FINDER);
      var within = new ArrayList<Object>();

      filter.doFilter(
          ofShop,
          new FakeResponse().http(),
          (included, response) -> within.add(included.getAttribute(Tokens.FINDER)));

      assertThat(within).hasSize(1).doesNotContain(finderOfShop);
      assertThat(page.getAttribute(Tokens.FINDER)).isSameAs(finderOfShop);
    }
  }

  /** The filters have separate rules, so a request that one lets pass is no proof for the other. */
  @Tag("case-104")
  @ParameterizedTest
  @EnumSource(names = {"FORWARD", "INCLUDE"})
  void aDispatchByAnotherApplicationIsJudgedByEachFilter(DispatcherType type) throws Exception {
    try (var shop = gate("shop", "/admin/*");
        var staff = gate("staff", "/open/*")) {
      var registry = new FilterRegistry(Map.of("shop", shop, "staff", staff));
      var request =
          FakeRequest.get("/shop/admin/secret")
              .context("/shop")
              .attribute("jakarta.servlet.include.servlet_path", "/admin/secret")
              .dispatchedAs(type);
      var reached = new ArrayList<Object>();

      new DispatchFilter(registry, shop)
          .doFilter(
              request.http(),
              new FakeResponse().http(),
              (passed, response) ->
                  new DispatchFilter(registry, staff)
                      .doFilter(passed, response, (to, last) -> reached.add(to)));

      assertThat(reached).isEmpty();
    }
  }

  private static final String CALLBACK = "/shop/gatehouse/gatehouse/callback?";

  /** An application with several filters, as one of them sees it. */
  private static Deployment oneOfSeveral(FakeAuthorizationServer server, AdjustableClock clock)
      throws Exception {
    var configuration =
        ConfigurationReader.read(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.PUBLIC_PATHS, "/open")
                .config(),
            new FilterName("gatehouse", Set.of("gatehouse", "staff")),
            Map.of(),
            SeveralFiltersTest.class.getClassLoader());
    return new Deployment(configuration, clock, "/shop");
  }

  private static FakeSession withPartOfStaff() {
    var session = new FakeSession("of a browser");
    NamedSession.begin(session.http(), "staff");
    return session;
  }

  private static HttpSession part(FakeSession session) {
    return Objects.requireNonNull(NamedSession.find(session.http(), "gatehouse"));
  }

  /** Whoever knows the id of the container's session can begin a part in it at any time. */
  @Test
  @Tag("case-36")
  @Tag("case-63")
  void aLoginFindsNothingInItsSessionThatAnotherRequestHasSet() throws Exception {
    var clock = new AdjustableClock();
    try (var server = new FakeAuthorizationServer(clock);
        var application = oneOfSeveral(server, clock)) {
      var browser = new Browser(application);
      var session = withPartOfStaff();
      browser.keepSession(session);
      var answer = server.answerTo(browser.open("/shop/orders"));
      session.beforeIdChange(
          () -> NamedSession.begin(session.http(), "gatehouse").setAttribute("cart", "planted"));

      assertThat(browser.send(FakeRequest.navigation(CALLBACK + answer)).status()).isEqualTo(303);

      assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
      assertThat(Collections.list(part(session).getAttributeNames()))
          .containsExactly(Tokens.ATTRIBUTE);
      assertThat(session.attributes()).doesNotContainValue("planted");
    }
  }

  /** The other user has planted the id of the container's session in this browser, or has it. */
  @Tag("case-133")
  @Test
  @Tag("case-36")
  void aLoginTakesOverNoSessionWhoseIdAnotherLoginHasChanged() throws Exception {
    var clock = new AdjustableClock();
    try (var server = new FakeAuthorizationServer(clock);
        var application = oneOfSeveral(server, clock)) {
      var browser = new Browser(application);
      var session = withPartOfStaff();
      browser.keepSession(session);
      var answer = server.answerTo(browser.open("/shop/orders"));
      var idOfOther = new AtomicReference<String>();
      server.idTokens(
          it -> { // while this login's code is redeemed
            idOfOther.set(session.changeId());
            return it;
          });

      var response = browser.send(FakeRequest.navigation(CALLBACK + answer));

      assertThat(response.status()).isEqualTo(303);
      assertThat(session.id()).isEqualTo(idOfOther.get());
      assertThat(NamedSession.find(session.http(), "gatehouse")).isNull();
    }
  }

  @Tag("case-133")
  @Test
  @Tag("case-36")
  void ofTwoLoginsAtOnceOneHasTheSession() throws Exception {
    var clock = new AdjustableClock();
    try (var server = new FakeAuthorizationServer(clock);
        var application = oneOfSeveral(server, clock)) {
      var session = withPartOfStaff();
      var first = begunIn(session, application, server);
      var second = begunIn(session, application, server);
      var idAtChange = new AtomicReference<String>();
      var other = new Thread(second);
      session.beforeIdChange(
          () -> {
            other.start();
            join(other, 300); // it waits for this one
            idAtChange.set(session.id());
          });

      first.run();

      join(other, 60_000);
      assertThat(other.isAlive()).isFalse();
      assertThat(idAtChange.get()).isEqualTo("of a browser");
    }
  }

  private static Runnable begunIn(
      FakeSession session, Deployment application, FakeAuthorizationServer server)
      throws Exception {
    var browser = new Browser(application);
    browser.keepSession(session);
    var answer = server.answerTo(browser.open("/shop/orders"));
    return () -> {
      try {
        browser.send(FakeRequest.navigation(CALLBACK + answer));
      } catch (IOException | ServletException e) {
        throw new AssertionError(e);
      }
    };
  }

  private static void join(Thread thread, long milliseconds) {
    try {
      thread.join(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void logIn(Browser browser, FakeAuthorizationServer server, String subject)
      throws Exception {
    server.idTokens(
        it -> {
          it.put("sub", subject);
          return it;
        });
    var session = browser.session();
    browser.keepSession(null);
    var answer = server.answerTo(browser.open("/shop/orders"));
    browser.keepSession(session);
    assertThat(browser.send(FakeRequest.navigation(CALLBACK + answer)).status()).isEqualTo(303);
  }

  private static void assertNothingOfUser(HttpServletRequest slow, FakeRequest ofContainer) {
    assertThat(Tokens.of(slow)).isEmpty();
    assertThat(Tokens.of(ofContainer.http())).as("as CDI finds them").isEmpty();
    assertThat(slow.getSession(false)).isNull();
    assertThatThrownBy(() -> slow.getSession(true))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThatThrownBy(slow::getSession).isExactlyInstanceOf(IllegalStateException.class);
  }

  /** The container's session, and with it a request under way, outlives the part of this filter. */
  @Test
  @Tag("case-36")
  void aRequestUnderWayDoesNotReachTheSessionOfALaterLogin() throws Exception {
    var clock = new AdjustableClock();
    try (var server = new FakeAuthorizationServer(clock);
        var application = oneOfSeveral(server, clock)) {
      var browser = new Browser(application);
      browser.keepSession(withPartOfStaff());
      var beforeLogin = FakeRequest.navigation("/shop/open");
      browser.send(beforeLogin);
      logIn(browser, server, "a user");
      var ofUser = FakeRequest.navigation("/shop/open");
      browser.send(ofUser);
      var reached = application.reached();

      assertNothingOfUser(reached.get(0), beforeLogin);
      assertThat(Tokens.of(reached.get(1))).isPresent();
      assertThat(Tokens.of(ofUser.http())).isPresent();

      logIn(browser, server, "another user");

      assertNothingOfUser(reached.get(0), beforeLogin);
      assertNothingOfUser(reached.get(1), ofUser);
      reached.get(0).logout();
      reached.get(1).logout();
      assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
      assertThat(reached.get(2).getRemoteUser()).isEqualTo("another user");
    }
  }

  @Test
  @Tag("case-113")
  void anAsynchronousDispatchAfterAnotherUsersLoginHasNoUser() throws Exception {
    var clock = new AdjustableClock();
    try (var server = new FakeAuthorizationServer(clock);
        var application = oneOfSeveral(server, clock)) {
      var browser = new Browser(application);
      browser.keepSession(withPartOfStaff());
      logIn(browser, server, "a user");
      var waiting = FakeRequest.navigation("/shop/orders");
      browser.send(waiting);
      assertThat(application.reached().get(0).getRemoteUser()).isEqualTo("a user");

      logIn(browser, server, "another user");
      application.answer(waiting.dispatchedAs(DispatcherType.ASYNC));

      assertThat(application.reached()).hasSize(2);
      assertThat(application.reached().get(1).getRemoteUser()).isNull();
      assertThat(Tokens.of(application.reached().get(1))).isEmpty();
    }
  }
}
