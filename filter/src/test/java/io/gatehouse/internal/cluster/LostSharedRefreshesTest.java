package io.gatehouse.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeAuthorizationServer;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.filter.TwoNodes;
import io.gatehouse.filter.TwoNodes.Node;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes that may use a refresh token again that is perhaps spent. */
@Tag("case-68")
@Tag("case-71")
class LostSharedRefreshesTest {
  private static final Duration DUE = Duration.ofSeconds(675);
  private static final Duration AFTER_LOSS = Duration.ofSeconds(3); // with the most jitter
  private static final Duration LONGEST_CALL = Duration.ofSeconds(68);

  private final TwoNodes nodes;
  private final FakeAuthorizationServer server;
  private final Node here;
  private final Node there;

  LostSharedRefreshesTest() throws Exception {
    nodes = new TwoNodes();
    server = nodes.server;
    here = nodes.here;
    there = nodes.there;
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private void loseOneHere() throws Exception {
    nodes.advance(DUE);
    server.answersRefreshes(
        it -> {
          throw new IllegalStateException("the connection breaks after the server has acted");
        });
    assertThat(here.open()).isEqualTo(200);
    server.answersRefreshes(it -> it);
  }

  private void assertSameTokens() {
    assertThat(here.tokens().current().accessToken())
        .isEqualTo(there.tokens().current().accessToken());
    assertThat(here.tokens().refreshToken()).isEqualTo(there.tokens().refreshToken());
  }

  @Test
  void aLostAnswerIsRepeatedByOneNodeForBoth() throws Exception {
    server.acceptsUsedRefreshTokens();
    loseOneHere();
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).as("not at once").isEqualTo(1);
    nodes.advance(AFTER_LOSS);
    assertThat(there.open()).isEqualTo(200);
    assertThat(here.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(2);
    assertThat(there.tokens().current().accessToken())
        .isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-2");
    assertSameTokens();
  }

  @Test
  void aSecondUseThatAnotherNodeIsRefusedEndsNoCopy() throws Exception {
    loseOneHere();
    nodes.advance(AFTER_LOSS);
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.tokens().refreshToken()).isEmpty();
    assertThat(here.open()).isEqualTo(200);
    assertThat(here.tokens().refreshToken()).isEmpty();
    assertThat(server.refreshes()).isEqualTo(2);
    assertThat(here.session().isValid()).isTrue();
    assertThat(there.session().isValid()).isTrue();
  }

  @Test
  void theTokenOfANodeThatDiedInTheCallIsUsedAgain() throws Exception {
    server.acceptsUsedRefreshTokens();
    nodes.advance(DUE);
    var calling = new AtomicReference<String>();
    server.answersRefreshes(
        it -> {
          calling.set(nodes.cache.texts.get(nodes.refreshEntry()));
          return it;
        });
    assertThat(here.open()).isEqualTo(200);
    nodes.cache.put(nodes.refreshEntry(), Objects.requireNonNull(calling.get()));
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).as("the call may go on").isEqualTo(1);
    nodes.advance(LONGEST_CALL);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.refreshes()).isEqualTo(2);
    assertThat(there.tokens().current().accessToken())
        .isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-2");
  }

  /** Such as after a key rotation, when the key that sealed the entry is out of use. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RESTING/0/AYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "OF-A-LATER-VERSION/0/",
        ""
      })
  void anEntryThatCannotBeReadIsNotAppliedButCostsNoRefresh(String unreadable) throws Exception {
    nodes.advance(DUE);
    nodes.cache.put(nodes.refreshEntry(), unreadable);
    assertThat(there.open()).isEqualTo(200);
    assertThat(server.tokenRequests().get(0))
        .containsEntry("refresh_token", FakeAuthorizationServer.REFRESH_TOKEN);
    assertThat(there.tokens().current().accessToken())
        .isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-1");
    assertThat(here.open()).isEqualTo(200);
    assertSameTokens();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  void anEntryThatCannotBeReadMayHideThatTheTokenIsSpent() throws Exception {
    nodes.advance(DUE);
    nodes.cache.put(nodes.refreshEntry(), "");
    server.answersRefreshes(it -> Reply.status(403, ""));
    assertThat(there.open()).isEqualTo(200);
    assertThat(there.session().isValid()).isTrue();
    assertThat(there.tokens().refreshToken()).isEmpty();
  }
}
