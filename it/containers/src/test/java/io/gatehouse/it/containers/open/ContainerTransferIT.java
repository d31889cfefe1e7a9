package io.gatehouse.it.containers.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.containers.Application;
import io.gatehouse.it.containers.Container;
import io.gatehouse.it.containers.OnEveryContainer;
import io.gatehouse.it.servers.client.UploadClient;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads and downloads of strangers, and of users whose session ends on the way. */
@OnEveryContainer
@Tag("case-115")
class ContainerTransferIT {
  private static final long MEGABYTE = 1024 * 1024;

  private static String head(String cookie, String... more) {
    return "POST "
        + StaysOpen.page("/transfer").getPath()
        + " HTTP/1.1\r\nHost: localhost:"
        + Application.PORT
        + "\r\nAccept: text/html\r\nContent-Type: application/octet-stream\r\n"
        + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
        + String.join("", more);
  }

  private static UploadClient.Outcome upload(String head, long length, Runnable inTheMiddle) {
    return UploadClient.send(Application.PORT, head, length, inTheMiddle);
  }

  @Test
  void theUploadOfAUserOutlivesTheSession() {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    var cookie = browser.cookieHeader(StaysOpen.page("/"));
    var outcome =
        upload(
            head(cookie, "Connection: close\r\n"), 8 * MEGABYTE, () -> StaysOpen.logOut(browser));
    assertThat(outcome.answer()).contains("received " + 8 * MEGABYTE);
  }

  @Test
  void aStrangersUploadGetsThePage() {
    var before = StaysOpen.counts();
    var outcome = upload(head(""), MEGABYTE, () -> {});
    assertThat(outcome.status()).isEqualTo(401);
    assertThat(StaysOpen.counts()).isEqualTo(before);
  }

  /** docs/long-lived.md has the bounds. */
  @Test
  void aStrangersLargeUploadIsReadUpToTheBoundOfTheContainer() {
    var outcome = upload(head(""), 64 * MEGABYTE, () -> {});
    assertThat(outcome.status()).isEqualTo(Container.statusOfLargeUpload());
    assertThat(outcome.sent()).isLessThan(40 * MEGABYTE); // buffers of the sockets included
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=100-"})
  void aRangeAfterTheEndIsNoVisit(String range) {
    var browser = StaysOpen.logIn(StaysOpen.AUDITOR);
    StaysOpen.logOut(browser);
    var answer = browser.with("Range", range).get(StaysOpen.page("/file.txt"));
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void aStrangersExpectationIsRefused() {
    var outcome = upload(head("", "Expect: 100-continue\r\n"), 10, () -> {});
    assertThat(outcome.answer()).contains("HTTP/1.1 401");
    assertThat(outcome.status())
        .isIn(Container.mayContinueStrangers() ? List.of(100, 401) : List.of(401));
  }
}
