package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.server.ResponseReader.TooLongException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112, as far as a response needs it. */
class ResponseReaderTest {
  static final String VALID =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r"
          + "\n2;a=b\r\n{\"\r\n5\r\na\":1}\r\n0\r\nX: y\r\n\r\n";

  private static String read(String response) throws IOException {
    return read(response.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String read(byte[] response) throws IOException {
    var reader = new ResponseReader(new ByteArrayInputStream(response));
    var head = reader.head();
    return head.status() + " " + new String(reader.body(head), StandardCharsets.ISO_8859_1);
  }

  private static String with(String headers) {
    return "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 \u0085\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\ncontent-length:2\n\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 500 No\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\n{\r\n01 ;x\r\n}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n\r"
            + "\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 x\r\nLink: y\r\n\r"
            + "\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
      })
  void readsAResponse(String response) throws Exception {
    assertThat(read(response)).isEqualTo("200 {}");
  }

  @Test
  void readsChunks() throws Exception {
    assertThat(read(VALID)).isEqualTo("200 {\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void awaitsNoBodyOfAStatusThatHasNone(int status) throws Exception {
    assertThat(read("HTTP/1.1 " + status + " x\r\nContent-Length: 9\r\n\r\n"))
        .isEqualTo(status + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 -20 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/1.1 200OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncanary\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: canary\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
      })
  @Tag("case-84")
  void refusesWhatIsNoHttp(String response) {
    assertThatThrownBy(() -> read(response))
        .isInstanceOf(FailedExchangeException.class)
        .message()
        .doesNotContain("canary");
  }

  @Test
  @Tag("case-45")
  void noticesEachEndThatComesTooEarly() {
    for (var length = 0; length < VALID.length(); length++) {
      var cut = VALID.substring(0, length);
      assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(EOFException.class);
    }
    assertThatThrownBy(() -> read(with("Content-Length: 3") + "{}"))
        .isInstanceOf(EOFException.class);
  }

  @Test
  @Tag("case-45")
  void bodiesHaveAtMost1MiB() {
    var most = "x".repeat(1 << 20);
    var chunks = "80000\r\n%s\r\n".formatted("x".repeat(1 << 19));
    assertThatCode(() -> read(with("Content-Length: 1048576") + most)).doesNotThrowAnyException();
    assertThatCode(() -> read(with("X: y") + most)).doesNotThrowAnyException();
    assertThatCode(() -> read(with("Transfer-Encoding: chunked") + chunks + chunks + "0\r\n\r\n"))
        .doesNotThrowAnyException();
    assertTooLong(with("Content-Length: 1048577"));
    assertTooLong(with("X: y") + most + "x");
    assertTooLong(with("Transfer-Encoding: chunked") + chunks + chunks + "1\r\nx\r\n0\r\n\r\n");
    assertTooLong(with("Transfer-Encoding: chunked") + "FFFFFFFF\r\n");
  }

  private static void assertTooLong(String response) {
    assertThatThrownBy(() -> read(response)).isInstanceOf(TooLongException.class);
  }

  @Test
  @Tag("case-45")
  void headsHaveAtMost64KiBWithAllInterimResponses() {
    var line = "X: " + "y".repeat(997) + "\r\n"; // 1001 counted
    var end = "Content-Length: 0\r\n\r\n";
    assertThatCode(() -> read("HTTP/1.1 200 OK\r\n" + line.repeat(65) + end))
        .doesNotThrowAnyException();
    assertHeadTooLong("HTTP/1.1 200 OK\r\n" + line.repeat(66) + end);
    assertHeadTooLong("HTTP/1.1 103 x\r\n\r\n".repeat(5_000));
    assertHeadTooLong(
        with("Transfer-Encoding: chunked") + "1;" + "x".repeat(70_000) + "\r\nx\r\n0\r\n\r\n");
    assertHeadTooLong(with("Transfer-Encoding: chunked") + "0\r\n" + line.repeat(70) + "\r\n");
  }

  private static void assertHeadTooLong(String response) {
    assertThatThrownBy(() -> read(response))
        .isInstanceOf(FailedExchangeException.class)
        .hasMessageContaining("longer than 64 KiB");
  }
}
