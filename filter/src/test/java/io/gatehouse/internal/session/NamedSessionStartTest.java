package io.gatehouse.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.filter.FakeSession;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions of one filter that several requests begin at once. */
@Tag("case-36")
@Tag("case-100")
class NamedSessionStartTest {
  private final FakeSession container = new FakeSession("of a browser");

  private NamedSession logIn(String user) {
    var begun = NamedSessionStart.beginForLogin(container.http(), "shop");
    begun.setAttribute("user", user);
    return begun;
  }

  private void assertOnlyUser(String user) {
    var session = NamedSession.begin(container.http(), "shop");
    assertThat(session.getAttribute("user")).isEqualTo(user);
    assertThat(Collections.list(session.getAttributeNames())).containsExactly("user");
    assertThat(PartNames.lives(container.http(), "shop")).as("others have ended").hasSize(1);
  }

  @Test
  void theSessionOfALoginIsNotOneThatBeginsMeanwhile() {
    container.beforeNextChange(
        () -> NamedSession.begin(container.http(), "shop").setAttribute("cart", "planted"));
    logIn("a user");
    assertOnlyUser("a user");
  }

  @Test
  void anAnonymousSessionThatBeginsLateDoesNotReplaceThatOfALogin() {
    container.beforeNextChange(() -> logIn("a user"));
    var late = NamedSession.begin(container.http(), "shop");
    assertThat(late.getAttribute("user")).isEqualTo("a user");
    assertOnlyUser("a user");
  }

  @Test
  void ofTwoLoginsTheLaterOneEndsTheOther() {
    container.beforeNextChange(() -> logIn("the first"));
    logIn("the second");
    assertOnlyUser("the second");
  }

  @Test
  void ofTwoLoginsTheEarlierOneThatGoesOnLateEnds() {
    container.beforeNextChange( // of which session is the latest
        () -> container.beforeNextChange(() -> logIn("the second"))); // the sign of life
    assertThatThrownBy(() -> logIn("the first")).isExactlyInstanceOf(IllegalStateException.class);
    assertOnlyUser("the second");
  }

  @Test
  void aLoginEndsTheSessionOfTheOneBefore() {
    var before = logIn("the first");
    logIn("the second");
    assertThatThrownBy(() -> before.getAttribute("user"))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertOnlyUser("the second");
  }
}
