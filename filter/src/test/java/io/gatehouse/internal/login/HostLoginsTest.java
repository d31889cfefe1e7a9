package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The login cookies of a host, whichever filter or application has set them. */
@Tag("case-33")
@Tag("case-125")
class HostLoginsTest {
  private static final Instant NOW = Instant.ofEpochSecond(Long.parseLong("t00000", 36));
  private static final String OF_SHOP = "__Host-gatehouse-1abcde-aaaaaaaaaa";
  private static final String OF_BLOG = "gatehouse-x-bbbbbbbbbb";
  private static final String PAGE = "__Host-gatehouse-page-0";

  private static FakeRequest request(String... cookies) {
    var request = FakeRequest.get("/");
    for (var cookie : cookies) {
      request.header("Cookie", cookie);
    }
    return request;
  }

  private static List<String> beyond(int room, int logins, String... cookies) {
    return HostLogins.of(request(cookies).http(), NOW).beyond(room, logins).stream()
        .map(HostLogins.Sent::name)
        .toList();
  }

  private static int bytes(String... cookies) {
    return HostLogins.of(request(cookies).http(), NOW).bytes();
  }

  @Test
  void loginsOfAllApplicationsCount() {
    var all = OF_SHOP + "=s00000.x; a=b; " + OF_BLOG + "=s00001.x;" + PAGE + "=s00002.y.x";
    assertThat(bytes(all))
        .isEqualTo(
            (OF_SHOP + "=s00000.x; " + OF_BLOG + "=s00001.x; " + PAGE + "=s00002.y.x; ").length());
    assertThat(bytes(OF_SHOP + "=s00000.x", OF_BLOG + "=s00001.x"))
        .isEqualTo((OF_SHOP + "=s00000.x; " + OF_BLOG + "=s00001.x; ").length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gatehouse-x-tries=1",
        "gatehouse-x-bbbbbbbbb=s00000.x",
        "gatehouse-x-bbbbbbbbbbb=s00000.x",
        "gatehouse-abcdefgh-bbbbbbbbbb=s00000.x",
        "mygatehouse-x-bbbbbbbbbb=s00000.x",
        "gatehouse-page-x=s00000.x",
        "gatehouse-x-bbbbbbbbbb",
        "=s00000.x",
        ""
      })
  void otherCookiesAreForeign(String cookie) {
    assertThat(bytes("gatehouse-x-bbbbbbbbbb=s00000.x")).isPositive();
    assertThat(bytes(cookie)).isZero();
    assertThat(beyond(0, 0, cookie)).isEmpty();
  }

  @Test
  void theOldestLoginsGoFirstWhoseverTheyAre() {
    var older = OF_SHOP + "=s00000.x";
    var newer = OF_BLOG + "=s00001.x";
    assertThat(beyond(bytes(older, newer), 2, older, newer)).isEmpty();
    assertThat(beyond(bytes(older, newer) - 1, 2, older, newer)).containsExactly(OF_SHOP);
    assertThat(beyond(bytes(older, newer) - 1, 2, newer, older)).containsExactly(OF_SHOP);
    assertThat(beyond(bytes(older, newer), 1, older, newer)).containsExactly(OF_SHOP);
    assertThat(beyond(0, 2, older, newer)).containsExactly(OF_SHOP, OF_BLOG);
  }

  /** Another site of the domain can plant a cookie that looks newer than all. */
  @Test
  void aCookieThatHasNoRoomTakesNoneFromTheOthers() {
    var large = OF_SHOP + "=s00001." + "x".repeat(500);
    var small = OF_BLOG + "=s00000.x";
    assertThat(beyond(bytes(small), 2, large, small)).containsExactly(OF_SHOP);
  }

  @Test
  void pagesGoBeforeLogins() {
    var login = OF_SHOP + "=s00000.x";
    var page = PAGE + "=s00001.y.x";
    assertThat(beyond(bytes(login, page) - 1, 6, page, login)).containsExactly(PAGE);
    assertThat(beyond(bytes(login, page), 1, page, login)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "t00001.x", "zzzzzzz.x", ".x", "S00000.x", "s00000", "s00000."})
  void aValueOfNoApplicationGoesAlways(String value) {
    assertThat(beyond(10_000, 6, OF_SHOP + "=t00000.x")).isEmpty();
    assertThat(beyond(10_000, 6, OF_SHOP + "=" + value)).containsExactly(OF_SHOP);
  }

  /** Each removal is a line in the answer, which has a limit of its own. */
  @Test
  void atMostSixteenAreRemovedAtOnceAndTenOfThoseThatAreNone() {
    var planted = planted("x");
    assertThat(beyond(10_000, 6, planted)).hasSize(10);
    assertThat(bytes(planted))
        .as("the others are foreign")
        .isEqualTo(10 * "gatehouse-x-planted000=x; ".length());
    assertThat(beyond(0, 6, planted("s00000.x"))).hasSize(16);
  }

  private static String[] planted(String value) {
    return IntStream.range(0, 100)
        .mapToObj("gatehouse-x-planted%03d="::formatted)
        .map(it -> it + value)
        .toArray(String[]::new);
  }

  @Test
  void aRemovedCookieIsNotRemovedAgain() {
    var request = request(OF_SHOP + "=s00000.x", OF_BLOG + "=s00001.x");
    var first = HostLogins.of(request.http(), NOW).beyond(0, 1);
    HostLogins.noteRemoved(request.http(), first.subList(0, 1));
    assertThat(HostLogins.of(request.http(), NOW).beyond(0, 1)).isEqualTo(first.subList(1, 2));
    HostLogins.noteRemoved(request.http(), first.subList(1, 2));
    assertThat(HostLogins.of(request.http(), NOW).beyond(0, 1)).isEmpty();
  }
}
