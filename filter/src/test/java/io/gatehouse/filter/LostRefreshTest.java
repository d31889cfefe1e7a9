package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.Tokens;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.SessionTokens;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A refresh token that may be spent, at authorization servers that accept its second use and at
 * those that do not (docs/decisions/0039-lost-refresh.md).
 */
@Tag("case-71")
class LostRefreshTest {
  private static final String PAGE = "/shop/orders";
  private static final Duration DUE = Duration.ofSeconds(675); // 75 % of 15 minutes
  private static final Duration ENDED = Duration.ofMinutes(15);
  private static final Duration AFTER_LOSS = Duration.ofSeconds(3); // with the most jitter
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(15);

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Deployment application;
  private final Browser browser;
  private final FakeSession session;

  LostRefreshTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application = new Deployment(configuration().read(), clock, "/shop");
    session = LoggedIn.refreshable(clock, FakeAuthorizationServer.REFRESH_TOKEN);
    browser = new Browser(application);
    browser.keepSession(session);
  }

  private ValidConfiguration configuration() {
    return server
        .endpointsOf(ValidConfiguration.ofVerifier())
        .with(Property.PUBLIC_PATHS, "/about")
        .with(Property.HTTP_TIMEOUT, "10s");
  }

  @AfterEach
  void close() {
    application.close();
    server.close();
  }

  private static Reply lost(Reply reply) {
    throw new IllegalStateException("the connection breaks after the server has acted");
  }

  private SessionTokens tokens() {
    return (SessionTokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
  }

  private int open() throws Exception {
    return browser.open(PAGE).status();
  }

  private void loseOne() throws Exception {
    clock.advance(DUE);
    server.answersRefreshes(LostRefreshTest::lost);
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN);
    server.answersRefreshes(it -> it);
  }

  @Test
  void aServerThatAcceptsTheSecondUseCostsTheUserNothing() throws Exception {
    server.acceptsUsedRefreshTokens();
    loseOne();
    clock.advance(Duration.ofSeconds(2).minusMillis(1));
    assertThat(open()).isEqualTo(200);
    assertThat(server.refreshes()).as("not at once").isEqualTo(1);
    clock.advance(AFTER_LOSS);
    assertThat(open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(2);
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-2");
    clock.advance(DUE);
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-3");
  }

  @ParameterizedTest
  @CsvSource({"400, '{\"error\":\"invalid_grant\"}'", "403, ''"})
  void aServerThatRefusesTheSecondUseCostsALoginInTheSameSession(int status, String body)
      throws Exception {
    loseOne();
    server.answersRefreshes(it -> Reply.status(status, body));
    clock.advance(AFTER_LOSS);
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().refreshToken()).isEmpty();
    assertThat(session.isValid()).isTrue();
    clock.advance(ENDED.minus(DUE));
    assertThat(open()).isEqualTo(302);
    assertThat(session.isValid()).isTrue();
    assertThat(server.refreshes()).isEqualTo(2);
  }

  @Test
  void aRefusalAfterARenewalThatWentWellEndsTheSession() throws Exception {
    server.acceptsUsedRefreshTokens();
    loseOne();
    clock.advance(AFTER_LOSS);
    assertThat(open()).isEqualTo(200);
    server.answersRefreshes(it -> Reply.status(403, ""));
    clock.advance(DUE);
    assertThat(open()).isEqualTo(302);
    assertThat(session.isValid()).isFalse();
  }

  @Test
  void aServerThatHangsCostsNobodyTheSession() throws Exception {
    server.acceptsUsedRefreshTokens();
    clock.advance(ENDED);
    server.answersRefreshes(LostRefreshTest::lost);
    for (int i = 0; i < 10; i++) {
      assertThat(open()).isEqualTo(503);
      clock.advance(AFTER_FAILURE);
    }
    assertThat(server.refreshes()).isEqualTo(10);
    server.answersRefreshes(it -> it);
    assertThat(open()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "",
        "{\"keys\":[]}",
        "{\"access_token\":\"a\",\"error\":\"invalid_grant\"}",
        "\u001f\u008b\b\u0000",
      })
  void theBodyOfAnotherRequestIsNotApplied(String body) throws Exception {
    server.acceptsUsedRefreshTokens();
    clock.advance(DUE);
    server.answersRefreshes(it -> Reply.status(200, body));
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().accessToken()).isEqualTo("access");
    server.answersRefreshes(it -> it);
    clock.advance(AFTER_LOSS);
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-2");
  }

  @Test
  void theTokensOfAnotherUserAreNotApplied() throws Exception {
    server.acceptsUsedRefreshTokens();
    clock.advance(DUE);
    server.idTokens(
        it -> {
          it.put("sub", "another");
          return it;
        });
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().accessToken()).isEqualTo("access");
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN);
    server.idTokens(it -> it);
    clock.advance(AFTER_LOSS);
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-2");
  }

  @ParameterizedTest
  @CsvSource({"200, '[]'", "200, <html>", "403, <html>", "404, ''", "302, ''"})
  void answersThatAreNeverUsableEndInALoginInTheSameSession(int status, String body)
      throws Exception {
    server.answersRefreshes(it -> Reply.status(status, body));
    clock.advance(DUE);
    for (int i = 0; i < 5; i++) { // while the access token serves
      assertThat(open()).isEqualTo(200);
      clock.advance(AFTER_FAILURE);
    }
    assertThat(server.refreshes()).isEqualTo(5);
    assertThat(tokens().refreshToken()).isPresent();
    clock.advance(ENDED.minus(DUE));
    for (int i = 0; i < 2; i++) {
      assertThat(open()).isEqualTo(503);
      clock.advance(AFTER_FAILURE);
    }
    assertThat(open()).isEqualTo(302);
    assertThat(session.isValid()).isTrue();
  }

  @Tag("case-70")
  @ParameterizedTest
  @CsvSource({"401, '{\"error\":\"invalid_client\"}'", "400, '{\"error\":\"invalid_client\"}'"})
  void aClientThatIsRefusedKeepsItsSessionsAndPausesEverLonger(int status, String body)
      throws Exception {
    server.acceptsUsedRefreshTokens(); // it has not used this one
    server.answersRefreshes(it -> Reply.status(status, body));
    clock.advance(ENDED);
    assertThat(open()).isEqualTo(503);
    clock.advance(AFTER_FAILURE);
    assertThat(open()).isEqualTo(503);
    assertThat(server.refreshes()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(20).minusMillis(1));
    assertThat(open()).isEqualTo(503);
    assertThat(server.refreshes()).isEqualTo(2);
    server.answersRefreshes(it -> it);
    clock.advance(Duration.ofSeconds(10)); // the most jitter
    assertThat(open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(3);
    assertThat(session.isValid()).isTrue();
  }

  @Tag("case-70")
  @Test
  void aRefusedClientIsNotTriedByAnotherSessionDuringThePause() throws Exception {
    var second = LoggedIn.refreshable(clock, FakeAuthorizationServer.REFRESH_TOKEN);
    server.answersRefreshes(it -> Reply.status(401, ""));
    clock.advance(DUE);
    assertThat(open()).isEqualTo(200);
    var another = new Browser(application);
    another.keepSession(second);
    assertThat(another.open(PAGE).status()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Tag("case-86")
  @Test
  void noRefreshTokenIsSentBeforeTheKeysAreKnown() throws Exception {
    server.answersKeyRequests(it -> Reply.status(503, ""));
    clock.advance(DUE);
    assertThat(open()).isEqualTo(200);
    assertThat(server.calls()).containsExactly("/jwks");
    server.answersKeyRequests(it -> it);
    clock.advance(AFTER_FAILURE);
    assertThat(open()).isEqualTo(200);
    assertThat(server.calls()).containsExactly("/jwks", "/jwks", "/token");
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-1");
  }

  @Test
  void noRefreshTokenOfASessionThatHasEndedIsSent() throws Exception {
    assertThat(open()).isEqualTo(200);
    var held = tokens();
    clock.advance(DUE);
    held.end(LogoutEvent.Cause.LOGOUT);
    assertThatThrownBy(held::accessToken).isInstanceOf(LoginNeededException.class);
    assertThatThrownBy(() -> held.accessTokenInsteadOf("access"))
        .isInstanceOf(LoginNeededException.class);
    assertThat(server.refreshes()).isZero();
  }

  @Tag("case-86")
  @Test
  void newTokensUnderAKeyThatCannotBeFetchedNowAreVerifiedLater() throws Exception {
    var fetched = new AtomicInteger();
    server.answersKeyRequests(
        it ->
            switch (fetched.incrementAndGet()) {
              case 1 -> Reply.json(it.body().replaceFirst("\"kid\":\"", "$0of-an-old-key-"));
              case 2 -> Reply.status(503, "");
              default -> it;
            });
    clock.advance(DUE);
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().accessToken()).isEqualTo("access");
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN + "-1");
    clock.advance(Duration.ofSeconds(90)); // with the most jitter
    assertThat(open()).isEqualTo(200);
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-2");
    assertThat(fetched).hasValue(3);
  }
}
