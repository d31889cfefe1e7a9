package io.gatehouse.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.LoginEvent;
import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.filter.LoggedIn;
import io.gatehouse.filter.TwoNodes;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The fate of a session's copy in the container of another node. */
class SessionCopiesTest {
  private final TwoNodes nodes;

  SessionCopiesTest() throws Exception {
    nodes = new TwoNodes();
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  @Tag("case-75")
  void whoLogsOutOnOneNodeIsLoggedOutOnTheOtherAndTheApplicationIsToldOnce() throws Exception {
    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.there.open()).isEqualTo(200);

    nodes.here.tokens().logout();

    assertThat(nodes.there.open()).isEqualTo(302);
    assertThat(nodes.there.session().isValid()).isFalse();
    assertThat(nodes.here.events()).hasSize(1).hasOnlyElementsOfType(LogoutEvent.class);
    assertThat(nodes.there.events()).isEmpty();
  }

  @Test
  void aLogoutThatCouldNotBeToldIsToldWhenTheCacheIsBack() throws Exception {
    assertThat(nodes.here.open()).isEqualTo(200);
    nodes.cache.failing = true;
    nodes.here.tokens().logout();
    nodes.cache.failing = false;
    var another = LoggedIn.session(nodes.clock);
    nodes.here.browser().keepSession(another);
    nodes.here.open(); // whatever asks next

    assertThat(nodes.there.open()).isEqualTo(302);
  }

  @Test
  void whoLogsInAgainGoesOnAndTheCopyOfBeforeServesNobody() throws Exception {
    logInAgain();

    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.there.open()).isEqualTo(302);
    assertThat(nodes.there.session().isValid())
        .as("for a container that copies the change of the id before what is in the session")
        .isTrue();
    nodes.copy();
    assertThat(nodes.there.open()).isEqualTo(200);
    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.here.events()).hasSize(1).hasOnlyElementsOfType(LoginEvent.class);
    assertThat(nodes.there.events()).as("nobody has logged out").isEmpty();
  }

  @Test
  void aLogoutDuringALoginOfTheSameUserEndsTheLoginOfBeforeOnly() throws Exception {
    assertThat(nodes.here.open()).isEqualTo(200);
    var held = nodes.here.tokens();
    nodes.here.session().beforeIdChange(held::logout);

    logInAgain();

    assertThat(nodes.here.session().isValid()).isFalse();
    assertThat(nodes.here.open()).as("in the session that the login has begun").isEqualTo(200);
  }

  /** The container takes no lock of ours, so the session may end between two of our steps. */
  @Test
  void aSessionThatEndsDuringALoginOfTheSameUserIsFollowedByOneThatLives() throws Exception {
    assertThat(nodes.here.open()).isEqualTo(200);
    nodes.here.session().beforeNextChange(nodes.here.session().http()::invalidate);

    logInAgain();

    assertThat(nodes.here.open()).isEqualTo(200);
  }

  @Test
  void ofTwoLogoutsOnTwoNodesTheApplicationIsInformedOnce() throws Exception {
    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.there.open()).isEqualTo(200);
    var there = nodes.there.tokens();

    nodes.here.tokens().logout();
    there.logout();

    assertThat(nodes.here.events()).hasSize(1).hasOnlyElementsOfType(LogoutEvent.class);
    assertThat(nodes.there.events()).isEmpty();
  }

  /** The other tab's login comes in before this one: its session has a copy too. */
  @Test
  void ofTwoLoginsInOneSessionNoCopyOfBeforeIsServed() throws Exception {
    assertThat(nodes.here.open()).isEqualTo(200);
    var tokens = nodes.here.tokens();
    var ofOtherTab = LoggedIn.tokenSet(nodes.clock, "nonce-of-the-other-tab");
    nodes
        .here
        .session()
        .beforeIdChange(
            () -> {
              assertThat(tokens.logInAgain(ofOtherTab, tokens.registration())).isPresent();
              copy();
            });

    logInAgain();

    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.there.tokens().current().idToken()).isEqualTo(ofOtherTab.idToken());
    assertThat(nodes.there.open()).isEqualTo(302);
  }

  private void copy() {
    try {
      nodes.copy();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private void logInAgain() throws Exception {
    nodes.advance(Duration.ofMinutes(7));
    nodes.server.idTokens(
        it -> {
          it.put("auth_time", nodes.clock.instant().getEpochSecond());
          return it;
        });
    var redirect = nodes.here.browser().open(TwoNodes.RECENT_PAGE);
    assertThat(redirect.status()).isEqualTo(302);
    var answer = nodes.here.browser().comeBack(nodes.server.answerTo(redirect));
    assertThat(answer.status()).isEqualTo(303);
  }

  @Test
  void tokensOfBeforeThatAThreadStillHoldsDoNotEndTheNewSession() throws Exception {
    assertThat(nodes.there.open()).isEqualTo(200);
    var held = nodes.there.tokens();
    logInAgain();
    nodes.copy();

    assertThatThrownBy(held::accessToken).isInstanceOf(LoginNeededException.class);

    assertThat(nodes.there.session().isValid()).isTrue();
    assertThat(nodes.there.open()).isEqualTo(200);
    assertThat(nodes.there.tokens()).isNotSameAs(held);
  }

  @Test
  void aLogoutByTokensOfBeforeEndsThatLoginAndNotTheOneThatCameSince() throws Exception {
    assertThat(nodes.there.open()).isEqualTo(200);
    var held = nodes.there.tokens();
    logInAgain();
    nodes.copy();

    held.logout();

    assertThat(nodes.there.session().isValid()).isTrue();
    assertThat(nodes.there.open()).isEqualTo(200);
  }

  @Test
  void tokensOfBeforeThatAThreadStillHoldsAreNotPutBack() throws Exception {
    assertThat(nodes.there.open()).isEqualTo(200);
    var held = nodes.there.tokens();
    var before = held.current();
    logInAgain();
    nodes.copy();

    assertThat(held.replace(before, before.withoutRefreshToken())).isFalse();

    assertThat(nodes.there.tokens()).isNotSameAs(held);
  }

  @Test
  void tokensThatAThreadStillHoldsFromBeforeARefreshAreNotPutBack() throws Exception {
    assertThat(nodes.there.open()).isEqualTo(200);
    var held = nodes.there.tokens();
    var before = held.current();
    nodes.advance(Duration.ofMinutes(12));
    assertThat(nodes.here.open()).isEqualTo(200);
    nodes.copy();

    assertThat(held.replace(before, before.withoutRefreshToken())).isFalse();
    assertThat(nodes.there.tokens().refreshToken()).isPresent();

    assertThat(held.accessToken()).as("it catches up").isEqualTo(nodes.here.tokens().accessToken());
    assertThat(nodes.server.refreshes()).isEqualTo(1);
  }

  @Test
  void aPageAsksTheSharedCacheThreeTimes() throws Exception {
    nodes.cache.reads.set(0);
    assertThat(nodes.here.open()).isEqualTo(200);
    assertThat(nodes.cache.reads).hasValue(3);
  }
}
