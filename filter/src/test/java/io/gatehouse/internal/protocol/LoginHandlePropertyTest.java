package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.Mutations;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.StringLength;

/** Handles and cookies: what we sealed opens, and nothing else does. */
class LoginHandlePropertyTest {
  private static final String PLACE = "/shop/gatehouse";
  private static final AdjustableClock CLOCK = new AdjustableClock();
  private static final LoginKeyRing RING =
      TestLogin.ring(CLOCK, TestLogin.keys("current"), TestLogin.keys("previous"));
  private static final PendingLogin LOGIN = RING.begin();
  private static final String HANDLE = LOGIN.handle(PLACE, "/orders?id=1");
  private static final String COOKIE = LOGIN.cookie(PLACE, "0/orders?id=1");
  private static final String BETWEEN_NODES =
      RING.sealForNodes(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, PLACE);

  @Provide
  Arbitrary<String> changedHandle() {
    return Mutations.of(HANDLE);
  }

  @Provide
  Arbitrary<String> changedCookie() {
    return Mutations.of(COOKIE);
  }

  @Provide
  Arbitrary<String> changedBetweenNodes() {
    return Mutations.of(BETWEEN_NODES);
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Property
  @Tag("case-23")
  void aHandleThatWasChangedAnywhereIsRefused(@ForAll("changedHandle") String changed) {
    assertThat(RING.openHandle(HANDLE, PLACE)).isPresent();
    assertThat(RING.openHandle(changed, PLACE)).isEmpty();
  }

  @Property
  @Tag("case-30")
  void aCookieThatWasChangedAnywhereIsRefused(@ForAll("changedCookie") String changed) {
    assertThat(RING.openCookie(COOKIE, PLACE)).isPresent();
    assertThat(RING.openCookie(changed, PLACE)).isEmpty();
  }

  @Property
  void whatNodesTellEachOtherIsRefusedIfItWasChanged(
      @ForAll("changedBetweenNodes") String changed) {
    assertThat(RING.openFromNodes(BETWEEN_NODES, PLACE)).isPresent();
    assertThat(RING.openFromNodes(changed, PLACE)).isEmpty();
  }

  @Property
  @Tag("case-23")
  @Tag("case-30")
  void whateverTextOpensNothing(@ForAll("texts") String text) {
    assertThat(RING.openHandle(text, PLACE)).isEmpty();
    assertThat(RING.openCookie(text, PLACE)).isEmpty();
    assertThat(RING.openFromNodes(text, PLACE)).isEmpty();
  }

  @Property
  @Tag("case-24")
  void whateverDetailComesBackAndOnlyInItsOwnKindAndPlace(
      @ForAll @StringLength(max = 300) String detail) {
    var login = RING.begin();
    var utf8 = new String(utf8(detail), StandardCharsets.UTF_8);
    var handle = login.handle(PLACE, detail);
    var cookie = login.cookie(PLACE, detail);
    assertThat(RING.openHandle(handle, PLACE))
        .hasValueSatisfying(
            it -> {
              assertThat(it.detail()).isEqualTo(utf8);
              assertThat(it.login().state().value()).isEqualTo(login.state().value());
            });
    assertThat(RING.openCookie(cookie, PLACE).map(LoginKeyRing.Opened::detail)).hasValue(utf8);
    assertThat(RING.openCookie(handle, PLACE)).isEmpty();
    assertThat(RING.openHandle(cookie, PLACE)).isEmpty();
    assertThat(RING.openHandle(handle, PLACE + "/")).isEmpty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
