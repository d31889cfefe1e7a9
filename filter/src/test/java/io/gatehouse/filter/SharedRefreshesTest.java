package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.Tokens;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.protocol.AdjustableClock;
import io.gatehouse.protocol.LocalMarks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, each with its own copy of one session, and a server whose refresh tokens rotate. */
@Tag("case-68")
class SharedRefreshesTest {
  private static final String PAGE = "/shop/orders";
  private static final Duration DUE = Duration.ofSeconds(675);
  private static final Duration ENDED = Duration.ofMinutes(15);

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final FakeSharedCache cache = new FakeSharedCache();
  private final Node here;
  private final Node there;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private record Node(Deployment application, FakeSession session, Browser browser) {
    int open() throws Exception {
      return browser.open(PAGE).status();
    }

    SessionTokens tokens() {
      return (SessionTokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
    }
  }

  SharedRefreshesTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    var session = LoggedIn.refreshable(clock, FakeAuthorizationServer.REFRESH_TOKEN);
    here = node(session);
    there = node(new FakeSession("copy").with(Tokens.ATTRIBUTE, copied(here.tokens())));
  }

  private Node node(FakeSession session) throws Exception {
    var configuration =
        server
            .endpointsOf(ValidConfiguration.ofVerifier())
            .with(Property.HTTP_TIMEOUT, "1s")
            .read();
    var shared = new Gatehouse.Shared(new LocalMarks(clock), Optional.of(cache));
    var application = new Deployment(configuration, clock, "/shop", shared, Events.NONE);
    var browser = new Browser(application);
    browser.keepSession(session);
    return new Node(application, session, browser);
  }

  private static Object copied(SessionTokens tokens) throws IOException, ClassNotFoundException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(tokens);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    here.application().close();
    there.application().close();
    server.close();
  }

  private static void assertSameTokens(Node one, Node other) {
    assertThat(one.tokens().current().accessToken())
        .isEqualTo(other.tokens().current().accessToken());
    assertThat(one.tokens().refreshToken()).isEqualTo(other.tokens().refreshToken());
    assertThat(one.tokens().expiresAt()).isEqualTo(other.tokens().expiresAt());
    assertThat(one.tokens().user().roles()).isEqualTo(other.tokens().user().roles());
    assertThat(one.tokens().user().claims()).isEqualTo(other.tokens().user().claims());
  }

  @ParameterizedTest
  @ValueSource(longs = {675, 900})
  void twoCopiesOfASessionAreOneRefresh(long age) throws Exception {
    clock.advance(Duration.ofSeconds(age));
    assertThat(here.open()).isEqualTo(200);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
    assertSameTokens(here, there);
    assertThat(there.session().changes()).isEqualTo(1);
  }

  @Test
  void aCopyThatIsSeveralRefreshesBehindCatchesUp() throws Exception {
    server.answersRefreshes(
        it -> new Reply(it.status(), it.body().replace("900", "120"), it.headers()));
    for (int i = 0; i < 4; i++) {
      clock.advance(i == 0 ? ENDED : Duration.ofSeconds(121));
      assertThat(here.open()).isEqualTo(200);
    }
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(4);
    assertSameTokens(here, there);
  }

  @Test
  void whileTheAccessTokenLivesNoNodeWaitsForAnother() throws Exception {
    clock.advance(DUE);
    var answer = new CountDownLatch(1);
    server.answersRefreshes(it -> after(answer, it));
    var first = threads.submit(here::open);
    awaitRefreshes(1);
    assertThat(there.open()).isEqualTo(200);
    assertThat(first).as("the one that calls").isNotDone();
    answer.countDown();
    assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  void whenItHasEndedTheOtherNodeWaitsForTheAnswer() throws Exception {
    clock.advance(ENDED);
    var answer = new CountDownLatch(1);
    server.answersRefreshes(it -> after(answer, it));
    var first = threads.submit(here::open);
    awaitRefreshes(1);
    var second = threads.submit(there::open);
    TimeUnit.MILLISECONDS.sleep(150); // it has asked by then, and would have called
    answer.countDown();
    assertThat(List.of(first.get(5, TimeUnit.SECONDS), second.get(5, TimeUnit.SECONDS)))
        .containsOnly(200);
    assertThat(server.refreshes()).isEqualTo(1);
    assertSameTokens(here, there);
  }

  private static Reply after(CountDownLatch answer, Reply reply) {
    try {
      assertThat(answer.await(900, TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reply;
  }

  private void awaitRefreshes(long count) throws InterruptedException {
    for (int i = 0; i < 200 && server.refreshes() < count; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(server.refreshes()).isEqualTo(count);
  }

  @Test
  void whatTheServerRefusedOnOneNodeEndsTheOtherCopyWithoutACall() throws Exception {
    clock.advance(DUE);
    server.answersRefreshes(it -> Reply.status(403, ""));
    assertThat(here.open()).isEqualTo(302);
    assertThat(there.open()).isEqualTo(302);
    assertThat(server.refreshes()).isEqualTo(1);
    assertThat(there.session().isValid()).isFalse();
  }

  @Test
  @Tag("case-71")
  void aRefreshTokenThatIsLostOnOneNodeIsUsedByNoOther() throws Exception {
    clock.advance(DUE);
    server.answersRefreshes(it -> Reply.status(200, "<html>"));
    assertThat(here.open()).isEqualTo(200);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
    assertThat(there.tokens().refreshToken()).isEmpty();
  }

  @Test
  @Tag("case-70")
  void aServerThatIsDownIsAskedByOneNodeEveryTenSeconds() throws Exception {
    clock.advance(DUE);
    server.answersRefreshes(it -> Reply.status(503, ""));
    assertThat(here.open()).isEqualTo(200);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(10));
    server.answersRefreshes(
        it ->
            Reply.json("{\"access_token\":\"new\",\"token_type\":\"bearer\",\"expires_in\":900}"));
    assertThat(there.open()).isEqualTo(200);
    assertThat(here.open()).isEqualTo(200);
    assertThat(server.tokenRequests()).hasSize(2);
    assertThat(there.tokens().current().accessToken()).isEqualTo("new");
    assertSameTokens(here, there);
    assertThat(server.tokenRequests()).hasSize(2);
  }

  @Test
  @Tag("case-71")
  void aNodeThatDiedInTheCallMayHaveUsedTheToken() throws Exception {
    clock.advance(DUE);
    var name = "refresh " + Fingerprint.of(FakeAuthorizationServer.REFRESH_TOKEN);
    cache.put(name, "ELSEWHERE/" + clock.instant().plusSeconds(8).toEpochMilli() + "/");
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().refreshToken()).as("the call may go on").isPresent();
    clock.advance(Duration.ofSeconds(8));
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().refreshToken()).isEmpty();
    assertThat(server.refreshes()).isZero();
  }

  @Test
  void whileAnotherNodeCallsARequestWaitsNoLongerThanItsPatience() throws Exception {
    clock.advance(ENDED);
    var name = "refresh " + Fingerprint.of(FakeAuthorizationServer.REFRESH_TOKEN);
    cache.put(name, "ELSEWHERE/" + clock.instant().plusSeconds(8).toEpochMilli() + "/");
    assertThat(there.open()).isEqualTo(503);
    assertThat(there.session().isValid()).isTrue();
    assertThat(server.refreshes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RENEWED/0/AYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "RENEWED/0/",
        "RENEWED/x/",
        "RENEWED",
        "",
        "OF-A-LATER-VERSION/0/"
      })
  void tokensThatNoNodeOfOursHasSealedAreNobodys(String forged) throws Exception {
    clock.advance(DUE);
    var before = there.tokens().current().accessToken();
    cache.put("refresh " + Fingerprint.of(FakeAuthorizationServer.REFRESH_TOKEN), forged);
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().current().accessToken()).isEqualTo(before);
    assertThat(there.tokens().refreshToken()).isEmpty();
    assertThat(server.refreshes()).isZero();
  }

  @Test
  void tokensSealedForAnotherRefreshTokenAreNobodys() throws Exception {
    clock.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    var sealed = cache.texts.values().iterator().next();
    cache.put("refresh " + Fingerprint.of(here.tokens().refreshToken().orElseThrow()), sealed);
    clock.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    assertThat(here.tokens().refreshToken()).isEmpty();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  @Tag("case-89")
  void theCacheSeesNoToken() throws Exception {
    clock.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    assertThat(cache.texts).hasSize(1);
    assertThat(cache.texts.toString())
        .doesNotContain(
            FakeAuthorizationServer.REFRESH_TOKEN,
            FakeAuthorizationServer.ACCESS_TOKEN,
            here.tokens().idToken());
  }

  @Test
  void whileTheCacheFailsTheAccessTokenServesAndNoRefreshTokenIsUsed() throws Exception {
    cache.failing = true;
    clock.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    clock.advance(ENDED.minus(DUE));
    assertThat(here.open()).isEqualTo(503);
    assertThat(here.session().isValid()).isTrue();
    assertThat(server.refreshes()).isZero();
    cache.failing = false;
    assertThat(here.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  void aCacheThatFailsAfterTheCallCostsThisNodeNothing() throws Exception {
    clock.advance(DUE);
    server.answersRefreshes(
        it -> {
          cache.failing = true;
          return it;
        });
    assertThat(here.open()).isEqualTo(200);
    assertThat(here.tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN + "-1");
  }
}
