package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.session.NamedSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parts of one container's session, of which another one goes on. */
@Tag("case-100")
class NamedSessionTest {
  private final FakeSession container = new FakeSession("of a browser");
  private final HttpSession staff = begin("staff");

  private NamedSession begin(String gate) {
    return NamedSession.begin(container.http(), gate);
  }

  @Test
  void whatIsPutInBehindOneFilterIsNotThereBehindTheOther() {
    begin("shop").setAttribute("cart", "of a user");
    assertThat(begin("shop").getAttribute("cart")).isEqualTo("of a user");
    assertThat(staff.getAttribute("cart")).isNull();
    assertThat(Collections.list(staff.getAttributeNames())).isEmpty();
  }

  @Test
  void whoHoldsOneThatHasEndedDoesNotReachIntoTheNext() {
    var before = begin("shop");
    before.invalidate();
    assertThat(NamedSession.find(container.http(), "shop")).isNull();
    var next = begin("shop");
    next.setAttribute("cart", "of the next user");

    List<ThrowingCallable> uses =
        List.of(
            () -> before.getAttribute("cart"),
            before::getAttributeNames,
            () -> before.setAttribute("cart", "of the user before"),
            () -> before.removeAttribute("cart"),
            before::invalidate);
    assertThat(uses)
        .allSatisfy(it -> assertThatThrownBy(it).isExactlyInstanceOf(IllegalStateException.class));
    assertThat(next.getAttribute("cart")).isEqualTo("of the next user");
  }

  /**
   * Runs what another request does, on its own thread. It may wait for none that is in a listener.
   */
  private static void elsewhere(Runnable other) {
    var failure = new AtomicReference<Throwable>();
    var thread = new Thread(other);
    thread.setUncaughtExceptionHandler((it, thrown) -> failure.set(thrown));
    thread.start();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(thread.isAlive()).as("waits for the request that it meets").isFalse();
    assertThat(failure.get()).isNull();
  }

  private void endAndBeginAgain(HttpSession before) {
    elsewhere(
        () -> {
          before.invalidate();
          begin("shop").setAttribute("cart", "of the next user");
        });
  }

  private void assertNextUserKeepsTheCart() {
    assertThat(begin("shop").getAttribute("cart")).isEqualTo("of the next user");
  }

  @Test
  void whatARequestPutInWhileAnotherEndedItIsNotThereInTheNext() {
    var before = begin("shop");
    container.beforeNextChange(() -> endAndBeginAgain(before));
    assertThatThrownBy(() -> before.setAttribute("cart", "of the user before"))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertNextUserKeepsTheCart();
    assertThat(container.attributes()).doesNotContainValue("of the user before");
  }

  @Test
  void whatARequestRemovesWhileAnotherEndedItStaysInTheNext() {
    var before = begin("shop");
    before.setAttribute("cart", "of the user before");
    container.beforeNextRemoval(() -> endAndBeginAgain(before));
    before.removeAttribute("cart");
    assertNextUserKeepsTheCart();
  }

  @Test
  void ofTwoRequestsThatEndItTheSlowerOneLeavesTheNextAlone() {
    var before = begin("shop");
    before.setAttribute("a", "first");
    before.setAttribute("cart", "of the user before");
    container.beforeNextRemoval(() -> endAndBeginAgain(before));
    before.invalidate();
    assertNextUserKeepsTheCart();
  }

  @Test
  void whatIsPutInDuringTheEndKeepsNothingAlive() {
    var last = begin("shop");
    staff.invalidate();
    container.beforeNextRemoval(() -> elsewhere(() -> last.setAttribute("cart", "late")));
    last.invalidate();
    assertThat(container.isValid()).isFalse();
  }

  @Test
  void theRequestsOfOnePageBeginTheSameSessionAndNoneWaitsForAnother() {
    container.beforeNextChange(
        () -> elsewhere(() -> begin("shop").setAttribute("cart", "of the second request")));
    var first = begin("shop");
    assertThat(first.getAttribute("cart")).isEqualTo("of the second request");
    assertThat(begin("shop").getAttribute("cart")).isEqualTo("of the second request");
  }

  @Test
  void aPartThatBeginsDuringTheLookForTheLastKeepsTheContainersSession() {
    var last = begin("shop");
    staff.invalidate();
    container.beforeNextRemoval( // the sign of life; a look for late attributes follows
        () ->
            container.afterNextListing(
                () ->
                    container.afterNextListing(
                        () -> elsewhere(() -> begin("staff").setAttribute("task", "open")))));
    last.invalidate();
    assertThat(container.isValid()).isTrue();
    assertThat(begin("staff").getAttribute("task")).isEqualTo("open");
  }

  @Test
  void aPartThatBeginsWhileTheContainersSessionEndsIsInTheNextOne() {
    var last = begin("shop");
    staff.invalidate();
    var request = FakeRequest.get("/").in(container).mayBeginSession();
    container.beforeEnd(
        () ->
            elsewhere(
                () -> behind("staff", request).getSession(true).setAttribute("task", "open")));
    last.invalidate();
    assertThat(container.isValid()).isFalse();
    assertThat(behind("staff", request).getSession(true).getAttribute("task")).isEqualTo("open");
  }

  @Test
  void aContainersSessionThatEndsWhileARequestAsksForItsPartIsFollowedByAnother() {
    var request = FakeRequest.get("/").in(container.endedMeanwhile()).mayBeginSession();
    var session = behind("shop", request).getSession();
    session.setAttribute("cart", "of a user");
    assertThat(session.getAttribute("cart")).isEqualTo("of a user");
  }

  private static HttpServletRequest behind(String filter, FakeRequest request) {
    return new NamedRequest(
        request.http(), filter, "found", it -> Optional.empty(), (thrown, of, response) -> {});
  }

  @Test
  void theContainersSessionEndsWithTheLastPart() {
    begin("shop").invalidate();
    assertThat(container.isValid()).isTrue();
    staff.invalidate();
    assertThat(container.isValid()).isFalse();
  }
}
