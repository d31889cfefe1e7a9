package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.LoginNeededException;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter's handling of the two exceptions that an application may let pass. */
class ThrownByApplicationTest {
  private final LoginNeededException ended = new LoginNeededException("ended");
  private final ServerUnavailableException down =
      new ServerUnavailableException("down", Duration.ofSeconds(7));

  private final AdjustableClock clock = new AdjustableClock();
  private final Deployment application;
  private final FilterRegistry registry;
  private final GatehouseFilter filter = new GatehouseFilter();

  ThrownByApplicationTest() throws ServletException {
    var configuration =
        ValidConfiguration.ofVerifier()
            .with(Property.PUBLIC_PATHS, "/about")
            .with(Property.ENDPOINTS_AUTHORIZATION, "https://verifier.example/authorize")
            .with(Property.ENDPOINTS_TOKEN, "https://verifier.example/token")
            .with(Property.ENDPOINTS_JWKS, "https://verifier.example/jwks");
    application = new Deployment(configuration.read(), clock, "/shop");
    registry = new FilterRegistry(Map.of("gatehouse", application.gatehouse()));
    filter.init(Deployment.filterConfig(registry));
  }

  @AfterEach
  void undeploy() {
    application.close();
  }

  private FakeResponse answer(FakeRequest request, FilterChain chain) throws Exception {
    request.context("/shop");
    var response = new FakeResponse();
    filter.doFilter(request.answeredBy(response).http(), response.http(), chain);
    return response.requireWhole(request.http().getMethod());
  }

  private FakeRequest loggedIn() {
    return FakeRequest.navigation("/shop/orders").in(LoggedIn.session(clock));
  }

  private static void assertLogin(FakeResponse response) {
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("Location")).startsWith("https://verifier.example/authorize?");
  }

  private static FilterChain throwing(Exception it) {
    return (request, response) -> {
      if (it instanceof IOException io) {
        throw io;
      }
      if (it instanceof ServletException servlet) {
        throw servlet;
      }
      throw (RuntimeException) it;
    };
  }

  @Test
  void loginNeededBeginsALogin() throws Exception {
    assertLogin(answer(loggedIn(), throwing(ended)));
  }

  @Test
  void loginNeededThatWasWrappedBeginsALogin() throws Exception {
    assertLogin(answer(loggedIn(), throwing(new ProcessingException(ended))));
    assertLogin(answer(loggedIn(), throwing(new ServletException(new IOException(ended)))));
    assertLogin(answer(loggedIn(), throwing(new IOException(ended))));
  }

  @Test
  void aPublicPageThatNeedsAUserAfterAllBeginsALogin() throws Exception {
    assertLogin(answer(FakeRequest.navigation("/shop/about"), throwing(ended)));
  }

  /**
   * A remaining length would let the connection wait for a body that never comes (RFC 9112 section
   * 6.3).
   */
  @Tag("case-107")
  @Test
  void whatAPublicPageHasBegunIsTakenBackWithAllThatDescribesIt() throws Exception {
    var response = begunAndThrown();
    assertLogin(response);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers())
        .doesNotContainKeys(
            "Content-Length", "Content-Encoding", "Content-Type", "ETag", "Transfer-Encoding")
        .containsEntry("Vary", "Origin")
        .containsEntry("Content-Security-Policy", "default-src 'none'");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
  }

  private FakeResponse begunAndThrown() throws Exception {
    return answer(
        FakeRequest.navigation("/shop/about"),
        (request, begun) -> {
          var page = (HttpServletResponse) begun;
          page.setContentLength(5000);
          page.setContentType("text/html");
          page.setHeader("Content-Encoding", "gzip");
          page.setHeader("Transfer-Encoding", "chunked");
          page.setHeader("ETag", "x");
          page.setHeader("Cache-Control", "public");
          page.setHeader("Vary", "Origin");
          page.setHeader("Content-Security-Policy", "default-src 'none'");
          page.getOutputStream().write('x');
          throw ended;
        });
  }

  @ParameterizedTest
  @EnumSource(Begun.class)
  @Tag("case-107")
  void whateverAPublicPageHasBegunTheAnswerIsWhole(Begun begun) throws Exception {
    assertLogin(whole(begun, FakeRequest.navigation("/shop/about"), ended));
    var program = whole(begun, FakeRequest.get("/shop/about"), ended);
    assertThat(program.status()).isEqualTo(401);
    assertThat(program.body()).startsWith("{").contains("login-required").endsWith("}");
    assertThat(program.headers())
        .containsEntry("Content-Type", "application/problem+json")
        .doesNotContainKeys("Location", "Retry-After");
    var outage = whole(begun, FakeRequest.get("/shop/about"), down);
    assertThat(outage.status()).isEqualTo(503);
    assertThat(outage.header("Retry-After")).isEqualTo("7");
  }

  private FakeResponse whole(Begun begun, FakeRequest request, RuntimeException thrown)
      throws Exception {
    var response =
        answer(
            request,
            (seen, page) -> {
              var http = (HttpServletResponse) page;
              http.addCookie(new Cookie("own", "1"));
              http.setHeader("Vary", "Origin");
              begun.by(http);
              throw thrown;
            });
    assertThat(response.cookie("own").getValue()).isEqualTo("1");
    assertThat(response.body()).doesNotContain("half");
    assertThat(response.http().getTrailerFields()).isNull();
    assertThat(response.headers())
        .containsEntry("Vary", "Origin")
        .containsEntry("Cache-Control", "no-store")
        .doesNotContainKeys(
            "Content-Encoding", "Content-Language", "Content-Range", "Content-Disposition")
        .doesNotContainKeys("ETag", "Last-Modified", "Expires");
    return response;
  }

  /** It encodes our answer as well. */
  @Tag("case-132")
  @Test
  @Tag("case-107")
  void theCodingOfAnEarlierFilterStays() throws Exception {
    for (var of : List.of("gzip", "br")) {
      var response = new FakeResponse();
      response.http().setHeader("Content-Encoding", "gzip");
      filter.doFilter(
          FakeRequest.get("/shop/about").context("/shop").answeredBy(response).http(),
          response.http(),
          (request, page) -> {
            ((HttpServletResponse) page).setHeader("Content-Encoding", of);
            throw ended;
          });
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
    }
  }

  @Tag("case-132")
  @Test
  @Tag("case-107")
  void theWriterOfAnEarlierFilterTakesOurAnswer() throws Exception {
    var program = afterWriter(FakeRequest.get("/shop/orders"));
    assertThat(program.status()).isEqualTo(401);
    assertThat(program.body()).startsWith("{").contains("login-required").endsWith("}");
    var person = afterWriter(FakeRequest.navigation("/shop/gatehouse/callback?code=x&state=y"));
    assertThat(person.status()).isEqualTo(400);
    assertThat(person.body()).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
  }

  private FakeResponse afterWriter(FakeRequest request) throws Exception {
    var response = new FakeResponse();
    response.http().getWriter().print("half");
    return application.answer(request, response);
  }

  @Test
  void serverUnavailableIs503AlsoWrapped() throws Exception {
    for (var it : new RuntimeException[] {down, new ProcessingException(down)}) {
      var response = answer(loggedIn(), throwing(it));
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("Retry-After")).isEqualTo("7");
    }
  }

  /** An EventSource gives up for good at 503. */
  @Test
  @Tag("case-114")
  void serverUnavailableIsAnEmptyStreamForAnEventSource() throws Exception {
    var request = loggedIn().without("Accept").header("Accept", "text/event-stream");
    var response = answer(request, throwing(down));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.body()).isEqualTo("retry: 7000\n\n");
  }

  @Test
  void anAnswerThatIsOnItsWayCannotBeReplaced() {
    for (var it : new RuntimeException[] {ended, down}) {
      var response = new FakeResponse().committed();
      assertThatThrownBy(() -> filter.doFilter(loggedIn().http(), response.http(), throwing(it)))
          .isSameAs(it);
      assertThat(response.status()).isEqualTo(200);
    }
  }

  private static FilterChain startingAndThrowing(Exception it) {
    return (request, response) -> {
      var unused = request.startAsync();
      throwing(it).doFilter(request, response);
    };
  }

  /** Otherwise the client would wait until the time-out that the application has set, if any. */
  @Test
  @Tag("case-113")
  void whatTheApplicationHasMadeAsynchronousIsCompleted() throws Exception {
    var request = loggedIn();
    assertLogin(answer(request, startingAndThrowing(ended)));
    assertThat(request.isCompleted()).isTrue();
    var withoutServer = loggedIn();
    assertThat(answer(withoutServer, startingAndThrowing(down)).status()).isEqualTo(503);
    assertThat(withoutServer.isCompleted()).isTrue();
  }

  /** Containers call a request asynchronous until the end of the dispatch. */
  @Test
  @Tag("case-113")
  void whatTheApplicationHasCompletedIsAnsweredAsWell() throws Exception {
    assertLogin(
        answer(
            loggedIn(),
            (request, response) -> {
              request.startAsync().complete();
              throw ended;
            }));
  }

  @Test
  @Tag("case-113")
  void aStreamThatIsOnItsWayEnds() throws Exception {
    for (var it : new RuntimeException[] {ended, down}) {
      var request = loggedIn().context("/shop");
      var response = new FakeResponse().committed();
      filter.doFilter(request.http(), response.http(), startingAndThrowing(it));
      assertThat(response.status()).isEqualTo(200);
      assertThat(request.isCompleted()).isTrue();
    }
  }

  @Test
  void anythingElseThatIsThrownLeavesAnAsynchronousRequestToTheContainer() {
    var request = loggedIn();
    assertThatThrownBy(() -> answer(request, startingAndThrowing(new IOException("own"))))
        .hasMessage("own");
    assertThat(request.isCompleted()).isFalse();
  }

  @Test
  void anythingElseIsTheApplicationsOwn() {
    for (var it :
        new Exception[] {
          new IllegalStateException("own"), new IOException("own"), new ServletException("own")
        }) {
      assertThatThrownBy(() -> answer(loggedIn(), throwing(it))).isSameAs(it);
    }
  }

  @Test
  @Tag("case-113")
  void anAsynchronousDispatchThatNeedsALoginBeginsOne() throws Exception {
    var request = loggedIn();
    answer(request, (same, response) -> {});
    assertLogin(answer(request.dispatchedAs(DispatcherType.ASYNC), throwing(ended)));
  }

  @Test
  @Tag("case-113")
  void anAsynchronousDispatchWithoutTheServerIs503() throws Exception {
    var request = loggedIn();
    answer(request, (same, response) -> {});
    var response = answer(request.dispatchedAs(DispatcherType.ASYNC), throwing(down));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("Retry-After")).isEqualTo("7");
  }

  /** With {@code startAsync(request, response)} the same wrapper comes back. */
  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"ASYNC", "FORWARD", "INCLUDE", "ERROR"})
  @Tag("case-113")
  void aFurtherDispatchShowsTheUserOrNoUser(DispatcherType type) throws Exception {
    var session = LoggedIn.session(clock);
    var request = FakeRequest.navigation("/shop/about").in(session);
    var seen = new ArrayList<HttpServletRequest>();
    answer(request, (it, response) -> seen.add((HttpServletRequest) it));
    var first = seen.get(0);
    assertThat(first.getUserPrincipal()).isNotNull();
    request.dispatchedAs(type);
    filter.doFilter(first, new FakeResponse().http(), (it, response) -> assertAda(it));
    session.http().invalidate();
    filter.doFilter(first, new FakeResponse().http(), (it, response) -> assertNoUser(it));
  }

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"FORWARD", "INCLUDE", "ERROR"})
  @Tag("case-113")
  void aDispatchOfTheApplicationsOwnShowsTheUserOrNoUser(DispatcherType type) throws Exception {
    var session = LoggedIn.session(clock);
    var request = FakeRequest.navigation("/shop/about").in(session);
    var seen = new ArrayList<HttpServletRequest>();
    answer(request, (it, response) -> seen.add((HttpServletRequest) it));
    var own = new DispatchFilter(registry, application.gatehouse());
    request.dispatchedAs(type);
    own.doFilter(seen.get(0), new FakeResponse().http(), (it, response) -> assertAda(it));
    var tokens = (Tokens) session.attributes().get(Tokens.ATTRIBUTE);
    Objects.requireNonNull(tokens).logout();
    own.doFilter(seen.get(0), new FakeResponse().http(), (it, response) -> assertNoUser(it));
  }

  private static void assertAda(ServletRequest request) {
    assertThat(((HttpServletRequest) request).getRemoteUser()).isEqualTo(LoggedIn.SUBJECT);
  }

  private static void assertNoUser(ServletRequest request) {
    var http = (HttpServletRequest) request;
    assertThat(http.getUserPrincipal()).isNull();
    assertThat(http.getRemoteUser()).isNull();
    assertThat(http.getAuthType()).isNull();
  }

  @Test
  void causesThatGoRoundInACircleEnd() {
    var one = new IllegalStateException("one");
    var two = new IllegalStateException("two", one);
    one.initCause(two);
    assertThatThrownBy(() -> answer(loggedIn(), throwing(one))).isSameAs(one);
  }
}
