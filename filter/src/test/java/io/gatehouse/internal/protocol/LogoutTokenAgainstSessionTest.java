package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All logout tokens against all sessions, one and two of them in any order (OpenID Connect
 * Back-Channel Logout 1.0 section 2.6, rules 10 and 11).
 */
@Tag("case-118")
class LogoutTokenAgainstSessionTest {
  private static final String ISSUER = "https://op.example";
  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final String NONE = "";

  /** The identifiers of a session or of a logout token, and its time. */
  private record Named(String sid, String sub, long issuedAt) {
    SessionName session() {
      return new SessionName(ISSUER, text(sid), sub, Optional.of("nonce"), issuedAt);
    }

    LogoutToken token() {
      return new LogoutToken(ISSUER, text(sid), text(sub), issuedAt, 0);
    }

    private static Optional<String> text(String value) {
      return Optional.of(value).filter(it -> !it.equals(NONE));
    }

    /** The table that the code has to agree with, by what the token has. */
    boolean ends(Named session) {
      var isOfUser = sub.equals(session.sub);
      var isEarlier = session.issuedAt <= issuedAt;
      if (sid.equals(NONE)) {
        return isOfUser && isEarlier;
      }
      if (session.sid.equals(NONE)) {
        return isOfUser && isEarlier; // docs/logout.md: otherwise none would
      }
      return sid.equals(session.sid) && (sub.equals(NONE) || isOfUser);
    }
  }

  private static List<Named> all(List<String> sids, List<String> subs, List<Long> times) {
    var all = new ArrayList<Named>();
    for (var sid : sids) {
      for (var sub : subs) {
        times.forEach(time -> all.add(new Named(sid, sub, time)));
      }
    }
    return all;
  }

  static List<Named> sessions() {
    return all(List.of("s1", NONE), List.of("alice"), List.of(99L, 100L, 101L));
  }

  private static List<Named> tokens() {
    var tokens = all(List.of("s1", "s2", NONE), List.of("alice", "bob", NONE), List.of(99L, 100L));
    tokens.removeIf(it -> it.sid().equals(NONE) && it.sub().equals(NONE));
    return tokens;
  }

  private static EndedSessions ended(Named... tokens) {
    var ended = new EndedSessions(new LocalMarkerStore(new AdjustableClock()), LIFETIME);
    for (var token : tokens) {
      ended.end(token.token());
    }
    return ended;
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void aTokenEndsTheSessionsThatAllItsIdentifiersName(Named session) {
    for (var token : tokens()) {
      assertThat(ended(token).contains(session.session(), 0))
          .as("%s", token)
          .isEqualTo(token.ends(session));
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void noTokenHidesAnother(Named session) {
    for (var one : tokens()) {
      for (var other : tokens()) {
        assertThat(ended(one, other).contains(session.session(), 0))
            .as("%s, %s", one, other)
            .isEqualTo(one.ends(session) || other.ends(session));
      }
    }
  }

  @Test
  void nodesOfAnEarlierVersionStillFindTheMarkBySid() {
    var store = new LocalMarkerStore(new AdjustableClock());
    new EndedSessions(store, LIFETIME).end(new Named("s1", "alice", 100).token());
    assertThat(store.find(SessionName.sidMark(ISSUER, "s1"))).isPresent();
  }

  @Test
  void aNodeWhoseStoreFailsAtOneMarkHasTheOthers() {
    for (int failing = 0; failing < 4; failing++) {
      var unreliable = new MarkerStoresOfNodes(new LocalMarkerStore(new AdjustableClock()));
      unreliable.failAfterRaising(failing);
      var ended = new EndedSessions(unreliable, LIFETIME);
      assertThatThrownBy(() -> ended.end(new Named("s1", "alice", 100).token()))
          .as("the authorization server repeats the call")
          .isInstanceOf(IllegalStateException.class);
      assertThat(ended.contains(new Named("s1", "alice", 50).session(), 0)).isTrue();
      assertThat(ended.contains(new Named(NONE, "alice", 50).session(), 0)).isTrue();
    }
  }
}
