package io.gatehouse.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class Http1ExchangeTest {
  private static final int MAX_WRITES = 2_000;

  private static WebAnswer get(ScriptedServer server) throws UnreachableException {
    return new Http1Exchange(server.url(), ScriptedServer.DEADLINE)
        .send("GET", "/shop/../x", List.of("Connection: close"));
  }

  private static WebAnswer answer(String text) throws UnreachableException {
    try (var server = ScriptedServer.writing(text)) {
      return get(server);
    }
  }

  // Bounded, and over when the other side has had enough.
  private static ScriptedServer repeating(String begin, String again) {
    return new ScriptedServer(
        socket -> {
          write(socket, begin);
          for (int i = 0; i < MAX_WRITES; i++) {
            write(socket, again);
          }
        });
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void readsStatusHeadersAndBody() throws UnreachableException {
    var answer =
        answer("HTTP/1.1 404 Not Found\r\nContent-length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("X-A")).isEqualTo("1");
    assertThat(answer.text()).startsWith("he");
  }

  @Test
  void readsABodyInChunks() throws UnreachableException {
    var head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    assertThat(answer(head + "2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n").text()).isEqualTo("hello");
    assertThat(answer(head + "2\r\nhe\r\n3\r\nl").text()).isEqualTo("hel");
    assertThat(answer(head + "x\r\nhe\r\n").text()).isEmpty();
  }

  @Test
  void sendsTheTargetAsItIsWritten() throws UnreachableException, InterruptedException {
    try (var server = ScriptedServer.writing("HTTP/1.1 204 None\r\n\r\n")) {
      get(server);
      for (int i = 0; i < 100 && server.received().isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(20);
      }

      assertThat(server.received()).startsWith("GET /shop/../x HTTP/1.1\r\nHost: 127.0.0.1:");
    }
  }

  @Test
  void leavesInterimAnswersOut() throws UnreachableException {
    var interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

    assertThat(answer(interim + interim + "HTTP/1.1 401 No\r\n\r\n").status()).isEqualTo(401);
    assertThat(answer("HTTP/1.1 101 Switching\r\n\r\n").status()).isEqualTo(101);
  }

  @Test
  void closesAWebSocketThatOpens() throws UnreachableException, InterruptedException {
    try (var server =
        ScriptedServer.writing("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n")) {
      get(server);
      for (int i = 0; i < 100 && server.received().isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(20);
      }

      assertThat(server.received()).endsWith("\r\n\r\n\u0088\u0080\0\0\0\0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        "HTTP/1.1 200 OK\r\nhalf: a head",
        "HTTP/1.1 103 Early Hints\r\n\r\n"
      })
  void tellsThatAnAnswerIsNone(String text) {
    assertThatThrownBy(() -> answer(text))
        .isInstanceOfSatisfying(
            UnreachableException.class, it -> assertThat(it.isClosed()).isFalse());
  }

  @Test
  void tellsThatTheConnectionWasClosed() {
    assertThatThrownBy(() -> answer(""))
        .isInstanceOfSatisfying(
            UnreachableException.class, it -> assertThat(it.isClosed()).isTrue());
  }

  @Test
  void tellsThatTheConnectionWasReset() {
    try (var server = new ScriptedServer(it -> it.setSoLinger(true, 0))) {
      // without waiting for the request
      assertThatThrownBy(() -> get(server)).isInstanceOf(UnreachableException.class);
    }
  }

  @Test
  void readsNoMoreThan64KiB() throws UnreachableException {
    try (var server = repeating("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1024))) {
      assertThat(get(server).body().length).isBetween(60_000, Connection.MAX_BYTES);
    }
    try (var server = repeating("HTTP/1.1 200 OK\r\n", "X-Long: " + "x".repeat(1014) + "\r\n")) {
      assertThatThrownBy(() -> get(server)).hasMessageContaining("a head of more than 64 KiB");
    }
    try (var server = repeating("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(40))) {
      assertThatThrownBy(() -> get(server)).hasMessageContaining("a head of more than 64 KiB");
    }
  }

  @Test
  void endsWithTheDeadline() {
    var begin = Instant.now();
    try (var server = new ScriptedServer(it -> it.getInputStream().readNBytes(100_000))) {
      assertThatThrownBy(() -> get(server)).hasMessageContaining("no whole answer within 1500 ms");
    }
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void endsWithTheDeadlineWhereBytesComeOneByOne() throws UnreachableException {
    var begin = Instant.now();
    try (var server =
        new ScriptedServer(
            socket -> {
              write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
              drip(socket);
            })) {
      assertThat(get(server).status()).isEqualTo(200);
    }
    try (var server = new ScriptedServer(Http1ExchangeTest::drip)) {
      assertThatThrownBy(() -> get(server)).isInstanceOf(UnreachableException.class);
    }
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(8));
  }

  private static void drip(Socket socket) throws IOException {
    try {
      for (int i = 0; i < 50; i++) {
        write(socket, "H");
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tellsThatNothingListens() {
    var nothing = ApplicationUrl.parse("http://127.0.0.1:1/shop");

    assertThatThrownBy(
            () ->
                new Http1Exchange(nothing, ScriptedServer.DEADLINE)
                    .send("GET", "/shop/", List.of()))
        .hasMessageContaining("the connection was refused");
  }
}
