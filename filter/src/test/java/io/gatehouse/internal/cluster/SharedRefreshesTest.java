package io.gatehouse.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeAuthorizationServer;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.filter.LoggedIn;
import io.gatehouse.filter.TwoNodes;
import io.gatehouse.filter.TwoNodes.Node;
import io.gatehouse.internal.session.TokenSet;
import io.gatehouse.internal.session.VerifiedUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes, each with its own copy of one session, and an authorization server whose refresh
 * tokens rotate.
 */
@Tag("case-68")
class SharedRefreshesTest {
  private static final Duration DUE = Duration.ofSeconds(675);
  private static final Duration ENDED = Duration.ofMinutes(15);

  // Three calls of a second each, five more, and the clocks' difference.
  private static final Duration LONGEST_CALL = Duration.ofSeconds(69);

  private final TwoNodes nodes;
  private final FakeAuthorizationServer server;
  private final FakeSharedCache cache;
  private final Node here;
  private final Node there;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  SharedRefreshesTest() throws Exception {
    nodes = new TwoNodes();
    server = nodes.server;
    cache = nodes.cache;
    here = nodes.here;
    there = nodes.there;
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    nodes.close();
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
    nodes.advance(Duration.ofSeconds(age));
    assertThat(here.open()).isEqualTo(200);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
    assertSameTokens(here, there);
    assertThat(there.session().changes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 40})
  void aCopyThatIsSeveralRefreshesBehindCatchesUpHoweverLateItComes(int behind) throws Exception {
    for (int i = 0; i < behind; i++) {
      nodes.advance(DUE);
      assertThat(here.open()).isEqualTo(200);
    }
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(behind);
    assertSameTokens(here, there);
  }

  @Test
  void aCopyThatIsBehindRenewsTheNewestTokensWhereTheyHaveEndedToo() throws Exception {
    nodes.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    nodes.advance(ENDED);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(2);
    assertThat(here.open()).isEqualTo(200);
    assertSameTokens(here, there);
    assertThat(server.refreshes()).isEqualTo(2);
  }

  @Test
  void aServerThatGivesNoNewRefreshTokenIsAskedEachTime() throws Exception {
    server.answersRefreshes(
        it ->
            Reply.json(
                "{\"access_token\":\"new-%d\",\"token_type\":\"bearer\",\"expires_in\":900}"
                    .formatted(server.tokenRequests().size())));
    for (int i = 1; i <= 3; i++) {
      nodes.advance(i == 3 ? ENDED : DUE);
      assertThat(here.open()).isEqualTo(200);
      assertThat(there.open()).isEqualTo(200);
      assertThat(here.tokens().current().accessToken()).isEqualTo("new-" + i);
      assertSameTokens(here, there);
    }
    assertThat(server.tokenRequests()).hasSize(3);
  }

  @Test
  void anApiThatRefusesTokensCostsOneRefreshOnBothNodes() throws Exception {
    var refused = here.tokens().current().accessToken();
    assertThat(here.open()).isEqualTo(200);
    assertThat(there.open()).isEqualTo(200);
    assertThat(here.tokens().accessTokenInsteadOf(refused)).isPresent();
    assertThat(there.tokens().accessTokenInsteadOf(refused)).isPresent();
    assertThat(server.refreshes()).isEqualTo(1);
    assertSameTokens(here, there);
  }

  @Test
  void whileTheAccessTokenLivesNoNodeWaitsForAnother() throws Exception {
    nodes.advance(DUE);
    var answer = new CountDownLatch(1);
    server.answersRefreshes(it -> after(answer, it));
    var first = threads.submit(here::open);
    awaitRefreshes(1);
    assertThat(there.open()).isEqualTo(200);
    assertThat(first).as("the one that calls").isNotDone();
    answer.countDown();
    assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  void whenItHasEndedTheOtherNodeWaitsForTheAnswer() throws Exception {
    nodes.advance(ENDED);
    var answer = new CountDownLatch(1);
    server.answersRefreshes(it -> after(answer, it));
    var first = threads.submit(here::open);
    awaitRefreshes(1);
    var second = threads.submit(there::open);
    TimeUnit.MILLISECONDS.sleep(150); // it has asked by then, and would have called
    answer.countDown();
    assertThat(List.of(first.get(1, TimeUnit.MINUTES), second.get(1, TimeUnit.MINUTES)))
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
    nodes.advance(DUE);
    server.answersRefreshes(it -> Reply.status(403, ""));
    assertThat(here.open()).isEqualTo(302);
    assertThat(there.open()).isEqualTo(302);
    assertThat(server.refreshes()).isEqualTo(1);
    assertThat(there.session().isValid()).isFalse();
  }

  @Test
  @Tag("case-71")
  void aRefreshTokenThatIsLostOnOneNodeIsUsedByNoOther() throws Exception {
    nodes.advance(DUE);
    server.answersRefreshes(it -> Reply.status(200, "<html>"));
    assertThat(here.open()).isEqualTo(200);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
    assertThat(there.tokens().refreshToken()).isEmpty();
  }

  @Test
  @Tag("case-70")
  void aServerThatIsDownIsAskedByOneNodeEveryTenSeconds() throws Exception {
    nodes.advance(DUE);
    server.answersRefreshes(it -> Reply.status(503, ""));
    assertThat(here.open()).isEqualTo(200);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
    nodes.advance(Duration.ofSeconds(15)); // with the most jitter
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
  @Tag("case-70")
  void aPauseOfANodeWhoseClockIsAheadDoesNotBindTheOthers() throws Exception {
    nodes.advance(DUE);
    nodes.clock.advance(Duration.ofHours(3));
    server.answersRefreshes(it -> Reply.status(503, ""));
    assertThat(here.open()).isEqualTo(503);
    server.answersRefreshes(
        it ->
            Reply.json("{\"access_token\":\"new\",\"token_type\":\"bearer\",\"expires_in\":900}"));
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(2);
  }

  /** Returns the cache entry that a node writes while it calls the authorization server. */
  private String callingEntry() throws Exception {
    var calling = new AtomicReference<String>();
    server.answersRefreshes(
        it -> {
          calling.set(cache.texts.get(nodes.refreshEntry()));
          return it;
        });
    assertThat(here.open()).isEqualTo(200);
    return Objects.requireNonNull(calling.get());
  }

  @Test
  @Tag("case-71")
  void aNodeThatDiedInTheCallMayHaveUsedTheToken() throws Exception {
    nodes.advance(DUE);
    cache.put(nodes.refreshEntry(), callingEntry());
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().refreshToken()).as("the call may go on").isPresent();
    nodes.advance(LONGEST_CALL);
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().refreshToken()).isEmpty();
    assertThat(server.refreshes()).as("its own").isEqualTo(1);
  }

  @Test
  void aNodeWhoseClockIsAheadDoesNotTakeACallForDead() throws Exception {
    nodes.advance(DUE);
    cache.put(nodes.refreshEntry(), callingEntry());
    nodes.clockThere.advance(Duration.ofSeconds(60));
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().refreshToken()).isPresent();
  }

  @Test
  void whileAnotherNodeCallsARequestWaitsNoLongerThanItsPatience() throws Exception {
    nodes.advance(ENDED);
    cache.put(nodes.refreshEntry(), callingEntry());
    assertThat(threads.submit(there::open).get(1, TimeUnit.MINUTES)).isEqualTo(503);
    assertThat(there.session().isValid()).isTrue();
    assertThat(server.refreshes()).as("its own").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RESTING/0/AYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "RESTING/0/",
        "RESTING/x/",
        "RESTING",
        "",
        "OF-A-LATER-VERSION/0/"
      })
  void tokensThatNoNodeOfOursHasSealedAreNobodys(String forged) throws Exception {
    nodes.advance(DUE);
    var before = there.tokens().current().accessToken();
    cache.put(nodes.refreshEntry(), forged);
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().current().accessToken()).isEqualTo(before);
    assertThat(there.tokens().refreshToken()).isEmpty();
    assertThat(server.refreshes()).isZero();
  }

  @Test
  void tokensOfAnotherLoginAreNobodys() throws Exception {
    nodes.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    var ofThisLogin = cache.texts.remove(nodes.refreshEntry());
    try (var others = new TwoNodes()) {
      var before = others.here.tokens().current();
      var claims = before.user().claimsJson().replace(LoggedIn.NONCE, "another-log-in");
      var another =
          new TokenSet(
              before.accessToken(),
              before.idToken(),
              before.refreshToken(),
              before.scope(),
              before.receivedAt(),
              before.expiresAt(),
              new VerifiedUser(claims, Set.of()),
              0);
      others.here.tokens().logInAgain(another, others.here.tokens().registration());
      others.advance(DUE);
      others.cache.put(others.refreshEntry(), Objects.requireNonNull(ofThisLogin));
      assertThat(others.here.open()).isEqualTo(200);
      assertThat(others.here.tokens().current().accessToken()).isEqualTo(before.accessToken());
      assertThat(others.here.tokens().refreshToken()).isEmpty();
    }
  }

  @Test
  @Tag("case-89")
  void theCacheSeesNoToken() throws Exception {
    nodes.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    var text = Objects.requireNonNull(cache.texts.get(nodes.refreshEntry()));
    var sealed = Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf('/') + 1));
    assertThat(text + new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain(
            FakeAuthorizationServer.REFRESH_TOKEN,
            FakeAuthorizationServer.ACCESS_TOKEN,
            LoggedIn.SUBJECT,
            here.tokens().idToken());
  }

  @Test
  void whileTheCacheFailsTheAccessTokenServesAndNoRefreshTokenIsUsed() throws Exception {
    nodes.advance(DUE.minusSeconds(1));
    assertThat(here.open()).isEqualTo(200);
    cache.failing = true;
    nodes.advance(Duration.ofSeconds(1));
    assertThat(here.open()).isEqualTo(200);
    nodes.advance(ENDED.minus(DUE));
    assertThat(here.open()).isEqualTo(503);
    assertThat(here.session().isValid()).isTrue();
    assertThat(server.refreshes()).isZero();
    cache.failing = false;
    assertThat(here.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  void aCacheThatFailsAfterTheCallCostsThisNodeNothing() throws Exception {
    nodes.advance(DUE);
    server.answersRefreshes(
        it -> {
          cache.failing = true;
          return it;
        });
    assertThat(here.open()).isEqualTo(200);
    assertThat(here.tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN + "-1");
    cache.failing = false;
    nodes.advance(LONGEST_CALL);
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().refreshToken()).as("of the other copy").isEmpty();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeToldIsMadeGoodByTheNextRefresh() throws Exception {
    nodes.advance(DUE);
    server.answersRefreshes(
        it -> {
          cache.failing = true;
          return it;
        });
    assertThat(here.open()).isEqualTo(200);
    cache.failing = false;
    server.answersRefreshes(it -> it);
    nodes.advance(DUE);
    assertThat(here.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(2);
    assertThat(there.open()).isEqualTo(200);
    assertSameTokens(here, there);
    assertThat(server.refreshes()).isEqualTo(2);
  }
}
