package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sessions that a logout at the authorization server ends. */
@Tag("case-74")
@Tag("case-75")
class EndedSessionsTest {
  private static final String ISSUER = "https://op.example";
  private static final long ARRIVED = 100_300; // in the second of many of the tokens
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final AdjustableClock clock = new AdjustableClock();
  private final EndedSessions ended = new EndedSessions(new LocalMarkerStore(clock), LIFETIME);

  private static SessionName session(String sid, String sub, long issuedAt) {
    return new SessionName(ISSUER, Optional.of(sid), sub, Optional.of("n-" + sid), issuedAt);
  }

  @Test
  void anotherNodeFindsThatASessionGoesOnElsewhereAndThenThatItHasEnded() {
    var store = new LocalMarkerStore(clock);
    var one = new EndedSessions(new MarkerStoresOfNodes(store), LIFETIME);
    var other = new EndedSessions(new MarkerStoresOfNodes(store), LIFETIME);
    var session = session("s1", "ada", 50);
    assertThat(other.original(session)).isEqualTo(EndedSessions.Original.LIVES);
    one.outdateCopies(session);
    assertThat(other.original(session)).isEqualTo(EndedSessions.Original.GOES_ON);
    one.endCopies(session);
    assertThat(other.original(session)).isEqualTo(EndedSessions.Original.ENDED);
    one.outdateCopies(session);
    assertThat(other.original(session)).isEqualTo(EndedSessions.Original.ENDED);
    assertThat(other.original(session("s2", "ada", 50))).isEqualTo(EndedSessions.Original.LIVES);
  }

  @Test
  void whatEndsAfterTheContainersEndIsReportedAsThatOnce() {
    var store = new LocalMarkerStore(clock);
    var one = new EndedSessions(new MarkerStoresOfNodes(store), LIFETIME);
    var other = new EndedSessions(new MarkerStoresOfNodes(store), LIFETIME);
    var session = session("s1", "ada", 50);
    one.endCopiesUnreported(session);
    assertThat(other.original(session)).isEqualTo(EndedSessions.Original.ENDED);
    assertThat(one.isFirstToReport(session)).isTrue();
    assertThat(other.isFirstToReport(session)).isFalse();
  }

  @Test
  void aSecondLogoutLeavesTheReportOfTheFirst() {
    var one = new EndedSessions(new MarkerStoresOfNodes(new LocalMarkerStore(clock)), LIFETIME);
    var session = session("s1", "ada", 50);
    one.endCopies(session);
    one.endCopiesUnreported(session);
    assertThat(one.isFirstToReport(session)).isFalse();
  }

  @Test
  void aNodeThatReachesNoOtherMarksNoCopies() {
    var store = new LocalMarkerStore(clock);
    var alone = new EndedSessions(store, LIFETIME);
    var session = session("s1", "ada", 50);
    alone.endCopies(session);
    assertThat(store.find(session.byLogin())).isEmpty();
    store.raise(session.byLogin(), 2, LIFETIME);
    assertThat(alone.original(session)).isEqualTo(EndedSessions.Original.LIVES);
  }

  private void end(Optional<String> sid, Optional<String> sub, long issuedAt) {
    ended.end(new LogoutToken(ISSUER, sid, sub, issuedAt, ARRIVED));
  }

  @Test
  void bySidEndsThatSessionAndNoOther() {
    end(Optional.of("s1"), Optional.empty(), 100);
    assertThat(ended.contains(session("s1", "ada", 50), 0)).isTrue();
    assertThat(ended.contains(session("s1", "ada", 150), 0))
        .isTrue(); // its code was redeemed later
    assertThat(ended.contains(session("s2", "ada", 50), 0)).isFalse();
    assertThat(
            ended.contains(
                new SessionName("https://b", Optional.of("s1"), "ada", Optional.empty(), 50), 0))
        .isFalse();
  }

  @Test
  void withBothItEndsBySidOnly() {
    end(Optional.of("s1"), Optional.of("ada"), 100);
    assertThat(ended.contains(session("s1", "ada", 50), 0)).isTrue();
    assertThat(ended.contains(session("s2", "ada", 50), 0)).isFalse();
  }

  @Test
  void aSessionWithoutSidEndsWithAnyOfItsUser() {
    var withoutSid = new SessionName(ISSUER, Optional.empty(), "ada", Optional.empty(), 100);
    end(Optional.of("s1"), Optional.of("bob"), 100);
    assertThat(ended.contains(withoutSid, 0)).isFalse();
    end(Optional.of("s1"), Optional.of("ada"), 100);
    assertThat(ended.contains(withoutSid, 0)).isTrue();
    assertThat(
            ended.contains(
                new SessionName(ISSUER, Optional.empty(), "ada", Optional.empty(), 101), 0))
        .isFalse();
  }

  @Test
  void bySubEndsAllThatWereIssuedByThenAndNoOthers() {
    end(Optional.empty(), Optional.of("ada"), 100);
    assertThat(ended.contains(session("s1", "ada", 50), 0)).isTrue();
    assertThat(ended.contains(session("s2", "ada", 100), 0)).isTrue();
    assertThat(ended.contains(session("s3", "ada", 101), 0)).isFalse();
    assertThat(ended.contains(session("s4", "bob", 50), 0)).isFalse();
  }

  @Test
  void aLoginInTheSecondOfALogoutBySubLivesIfItsCodeWasRedeemedAfterTheLogout() {
    end(Optional.empty(), Optional.of("ada"), 100);
    var sameSecond = session("s1", "ada", 100);
    assertThat(ended.contains(sameSecond, ARRIVED - 1)).isTrue();
    assertThat(ended.contains(sameSecond, ARRIVED)).isTrue();
    assertThat(ended.contains(sameSecond, ARRIVED + 1)).isFalse();
    assertThat(ended.contains(session("s2", "ada", 99), ARRIVED + 1)).isTrue();
  }

  @Test
  void aLoginWithoutSidInTheSecondOfALogoutLivesIfItsCodeWasRedeemedAfterTheLogout() {
    end(Optional.of("s1"), Optional.of("ada"), 100);
    var withoutSid = new SessionName(ISSUER, Optional.empty(), "ada", Optional.empty(), 100);
    assertThat(ended.contains(withoutSid, ARRIVED)).isTrue();
    assertThat(ended.contains(withoutSid, ARRIVED + 1)).isFalse();
  }

  @Test
  void ofTwoLogoutsInASecondTheLaterCounts() {
    end(Optional.empty(), Optional.of("ada"), 100);
    var token = new LogoutToken(ISSUER, Optional.empty(), Optional.of("ada"), 100, ARRIVED + 100);
    ended.end(token);
    assertThat(ended.contains(session("s1", "ada", 100), ARRIVED + 50)).isTrue();
    assertThat(ended.contains(session("s1", "ada", 100), ARRIVED + 101)).isFalse();
  }

  @Test
  void aLogoutThatANodeOfAnEarlierVersionReportedEndsItsWholeSecond() {
    var store = new LocalMarkerStore(clock);
    store.raise(SessionName.subMark(ISSUER, "ada"), 100, LIFETIME);
    var here = new EndedSessions(store, LIFETIME);
    assertThat(here.contains(session("s1", "ada", 100), Long.MAX_VALUE)).isTrue();
  }

  @Test
  void aLogoutThatComesLateRevivesNothing() {
    end(Optional.empty(), Optional.of("ada"), 200);
    end(Optional.empty(), Optional.of("ada"), 100);
    assertThat(ended.contains(session("s1", "ada", 150), 0)).isTrue();
  }

  @Test
  void aSidIsNoSubAndASubNoSid() {
    end(Optional.of("x"), Optional.empty(), 100);
    end(Optional.empty(), Optional.of("y"), 100);
    assertThat(ended.contains(session("y", "x", 50), 0)).isFalse();
  }

  @Test
  void aSessionThatBeganAfterItsEndIsOverForItsWholeLife() {
    end(Optional.of("s1"), Optional.empty(), 100);
    clock.advance(LIFETIME.plusMinutes(20));
    assertThat(ended.contains(session("s1", "ada", 50), 0)).isTrue();
    clock.advance(Duration.ofHours(1));
    assertThat(ended.contains(session("s1", "ada", 50), 0)).isFalse();
  }
}
