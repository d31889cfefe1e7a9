package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.session.NamedSession;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
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

  @Test
  void whatARequestPutInWhileAnotherEndedItIsNotThereInTheNext() {
    var before = begin("shop");
    container.beforeNextChange(before::invalidate);
    before.setAttribute("cart", "of the user before");
    assertThat(begin("shop").getAttribute("cart")).isNull();
  }

  @Test
  void theContainersSessionEndsWithTheLastPart() {
    begin("shop").invalidate();
    assertThat(container.isValid()).isTrue();
    staff.invalidate();
    assertThat(container.isValid()).isFalse();
  }
}
