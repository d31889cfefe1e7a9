package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URL;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Cache-Control of the application's responses. */
@Tag("case-116")
class CachingTest {
  private static final String HEADER = "Cache-Control";
  private static final String OWN = "public, max-age=60";
  private static final FilterChain SILENT = (request, response) -> {};

  private final AdjustableClock clock = new AdjustableClock();
  private final Deployment application;

  CachingTest() throws ServletException {
    var configuration =
        ValidConfiguration.ofVerifier()
            .with(Property.PUBLIC_PATHS, "/about,/assets/open/*")
            .with(Property.PRIVATE_CACHE_PATHS, "/assets/*,*.css")
            .with(Property.ENDPOINTS_AUTHORIZATION, "https://verifier.example/authorize")
            .with(Property.ENDPOINTS_TOKEN, "https://verifier.example/token")
            .with(Property.ENDPOINTS_JWKS, "https://verifier.example/jwks");
    application = new Deployment(configuration.read(), clock, "/shop");
  }

  @AfterEach
  void undeploy() {
    application.close();
  }

  private FakeRequest user(String path) {
    return FakeRequest.navigation("/shop" + path).context("/shop").in(LoggedIn.session(clock));
  }

  private static FilterChain doing(Consumer<HttpServletResponse> it) {
    return (request, response) -> it.accept((HttpServletResponse) response);
  }

  private Map<String, String> headers(FakeRequest request, FilterChain chain) throws Exception {
    return application.answer(request, chain).headers();
  }

  @Test
  void noCacheKeepsAPageOfAUser() throws Exception {
    assertThat(headers(user("/orders"), SILENT)).containsEntry(HEADER, "no-store");
  }

  @Test
  void whatTheApplicationSaysCounts() throws Exception {
    assertThat(headers(user("/orders"), doing(it -> it.setHeader("cache-control", OWN))))
        .containsEntry(HEADER, OWN);
    assertThat(headers(user("/orders"), doing(it -> it.addHeader("cache-control", OWN))))
        .containsEntry(HEADER, OWN);
  }

  @Test
  void aResponseThatIsBegunAnewIsNotKeptEither() throws Exception {
    assertThat(headers(user("/orders"), doing(HttpServletResponse::reset)))
        .containsEntry(HEADER, "no-store");
    assertThat(
            headers(
                user("/orders"),
                doing(
                    it -> {
                      it.setHeader(HEADER, OWN);
                      it.reset();
                    })))
        .containsEntry(HEADER, "no-store");
  }

  /** Some containers remove a header that is set to null. */
  @Test
  void anApplicationThatRemovesItIsNotKeptEither() throws Exception {
    assertThat(headers(user("/orders"), doing(it -> it.setHeader(HEADER, null))))
        .containsEntry(HEADER, "no-store");
    assertThat(
            headers(
                user("/orders"),
                doing(
                    it -> {
                      it.setHeader(HEADER, OWN);
                      it.setHeader(HEADER, null);
                    })))
        .containsEntry(HEADER, "no-store");
  }

  @Test
  void whatAnEarlierFilterHasSaidStays() throws Exception {
    var response = new FakeResponse();
    response.http().setHeader(HEADER, OWN);
    assertThat(application.answer(user("/orders"), response, SILENT).headers())
        .containsEntry(HEADER, OWN);
  }

  @Test
  void onlyTheBrowserKeepsAPublicPageOfAUser() throws Exception {
    assertThat(headers(user("/about"), SILENT)).containsEntry(HEADER, "private");
    var stranger = FakeRequest.navigation("/shop/about").context("/shop");
    assertThat(headers(stranger, SILENT)).doesNotContainKey(HEADER);
  }

  private static final ServletContext WITH_A_FILE =
      Deployment.proxy(
          ServletContext.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "getContextPath" -> "/shop";
                case "getResource" ->
                    arguments[0].equals("/style.css") ? new URL("file:/style.css") : null;
                default -> null;
              });

  @ParameterizedTest
  @ValueSource(strings = {"/assets/logo.png", "/style.css"})
  void onlyTheBrowserKeepsWhatIsListed(String path) throws Exception {
    assertThat(headers(user(path).inside(WITH_A_FILE), SILENT)).containsEntry(HEADER, "private");
  }

  /** Web cache deception: a servlet takes the path for that of its page. */
  @Test
  void aPageByTheNameOfAFileIsNotKept() throws Exception {
    assertThat(headers(user("/account/style.css").inside(WITH_A_FILE), SILENT))
        .containsEntry(HEADER, "no-store");
  }

  @Test
  void theErrorPageOfAUserIsNotKept() throws Exception {
    var request = user("/about").dispatchedAs(DispatcherType.ERROR);
    assertThat(headers(request, SILENT)).containsEntry(HEADER, "no-store");
  }

  @Test
  void aPublicPageThatShowsAProtectedOneIsNotKept() throws Exception {
    var forwarded = user("/orders").dispatchedAs(DispatcherType.FORWARD);
    var response = new FakeResponse();
    application.answer(
        user("/about"),
        response,
        (request, own) -> application.filter().doFilter(forwarded.http(), own, SILENT));
    assertThat(response.headers()).containsEntry(HEADER, "no-store");
  }

  @Test
  void anAsynchronousDispatchToAProtectedPageIsNotKept() throws Exception {
    var response = new FakeResponse();
    application.answer(user("/about"), response, SILENT);
    var dispatched = user("/orders").dispatchedAs(DispatcherType.ASYNC);
    assertThat(application.answer(dispatched, response, SILENT).headers())
        .containsEntry(HEADER, "no-store");
  }

  @Test
  void aHandshakeHasNoSuchHeader() throws Exception {
    var handshake = user("/socket").header("Upgrade", "websocket").header("Connection", "Upgrade");
    assertThat(headers(handshake, SILENT)).doesNotContainKey(HEADER);
  }
}
