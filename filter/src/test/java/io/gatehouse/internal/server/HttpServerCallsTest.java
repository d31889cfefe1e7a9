package io.gatehouse.internal.server;

import static io.gatehouse.internal.server.LoopbackServer.answering;
import static io.gatehouse.internal.server.LoopbackServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HttpServerCallsTest {
  private static final int MIB = 1 << 20;
  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final Map<String, String> FORM = Map.of("code", "canary code&x");

  /** The calls for the rules of the deadline only: on a busy machine an answer may take longer. */
  private final HttpServerCalls calls = new HttpServerCalls(DEADLINE, DEADLINE, trust());

  private final HttpServerCalls patient =
      new HttpServerCalls(Duration.ofSeconds(9), Duration.ofSeconds(10), trust());

  private static SSLContext trust() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void endThreads() {
    calls.close();
    patient.close();
  }

  private static String ok(String headers, String body) {
    return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static void assertFails(ThrowingCallable call, Failure failure) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(failure);
              assertThat(e.reason()).doesNotContain("canary");
            });
  }

  /** Fails as unavailable, soon after the deadline at the latest. */
  private static void assertUnavailableInTime(ThrowingCallable call) {
    assertFailsInTime(call, Failure.UNAVAILABLE);
  }

  /** Fails as one that the server may have acted on. */
  private static void assertLostInTime(ThrowingCallable call) {
    assertFailsInTime(call, Failure.ANSWER_LOST);
  }

  private static void assertFailsInTime(ThrowingCallable call, Failure failure) {
    var before = System.nanoTime();
    assertFails(call, failure);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(DEADLINE.multipliedBy(3));
  }

  @Test
  @Tag("case-83")
  void noThreadOfItsOwnHoldsTheApplication() throws Exception {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    try (var server = answering(ok("", "{}"));
        var application = new URLClassLoader(new URL[0], before)) {
      thread.setContextClassLoader(application);
      try (var ours = new HttpServerCalls(Duration.ofSeconds(9), Duration.ofSeconds(10), trust())) {
        ours.get(server.uri());

        assertThat(thread.getContextClassLoader()).isSameAs(application);
        assertThat(Thread.getAllStackTraces().keySet())
            .filteredOn(it -> it != thread)
            .noneMatch(it -> it.getContextClassLoader() == application);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void getsAnAnswer() throws Exception {
    try (var server = answering(ok("", "{}"))) {
      var answer = patient.get(server.uri());
      assertThat(answer.isOk()).isTrue();
      assertThat(answer.body()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
      assertThat(answer.retryAfter()).isZero();
      assertThat(server.requests.get(0))
          .startsWith("GET /token HTTP/1.1\r\n")
          .containsIgnoringCase("Accept: application/json\r\n")
          .doesNotContainIgnoringCase("Upgrade")
          .doesNotContainIgnoringCase("Cookie");
    }
  }

  @Test
  void postsAForm() throws Exception {
    try (var server = answering(ok("", "{}"))) {
      assertThat(patient.post(server.uri(), FORM).status()).isEqualTo(200);
      assertThat(server.requests.get(0))
          .startsWith("POST /token HTTP/1.1\r\n")
          .containsIgnoringCase("Content-Type: application/x-www-form-urlencoded\r\n")
          .endsWith("\r\n\r\ncode=canary%20code%26x");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @Tag("case-48")
  void followsNoRedirect(int status) throws Exception {
    var redirect = "HTTP/1.1 " + status + " x\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    try (var server = answering(redirect)) {
      assertThat(patient.get(server.uri()).status()).isEqualTo(status);
      assertThat(patient.post(server.uri(), FORM).status()).isEqualTo(status);
      assertThat(server.requests).hasSize(2).noneMatch(it -> it.contains("/other"));
    }
  }

  @Test
  @Tag("case-45")
  void acceptsABodyOf1MiBAndRejectsALongerOne() throws Exception {
    try (var server = answering(ok("", "x".repeat(MIB)))) {
      assertThat(patient.get(server.uri()).body()).hasSize(MIB);
    }
    try (var server = answering(ok("", "x".repeat(MIB + 1)))) {
      assertFails(() -> patient.get(server.uri()), Failure.INVALID_ANSWER);
    }
  }

  @Test
  @Tag("case-45")
  void cutsAnEndlessBody() throws Exception {
    var sent = new AtomicInteger();
    var gone = new CountDownLatch(1);
    try (var server =
        new LoopbackServer(
            (connection, out) -> {
              write(out, "HTTP/1.1 200 OK\r\n\r\n");
              var chunk = "x".repeat(64 * 1024);
              try {
                while (sent.get() < 1_000) {
                  write(out, chunk);
                  sent.incrementAndGet();
                }
              } catch (IOException e) {
                gone.countDown();
              }
            })) {
      assertFails(() -> patient.get(server.uri()), Failure.INVALID_ANSWER);
      assertThat(gone.await(1, TimeUnit.MINUTES)).as("the connection is closed").isTrue();
      assertThat(sent.get()).as("chunks of 64 KiB").isLessThan(500);
    }
  }

  @Test
  void asksForAResponseThatIsNotPacked() throws Exception {
    try (var server = answering(ok("", "{}"))) {
      patient.post(server.uri(), FORM);
      assertThat(server.requests.get(0)).contains("\r\nAccept-Encoding: identity\r\n");
    }
  }

  private static String gzipped(int bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[bytes]);
    }
    return packed.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZip"})
  @Tag("case-45")
  void unpacksGzipThatComesAllTheSameUpTo1MiB(String coding) throws Exception {
    var header = "Content-Encoding: " + coding + "\r\n";
    try (var server = answering(ok(header, gzipped(MIB)))) {
      assertThat(patient.post(server.uri(), FORM).body()).hasSize(MIB);
    }
    try (var server = answering(ok(header, gzipped(MIB + 1)))) {
      assertFails(() -> patient.post(server.uri(), FORM), Failure.INVALID_ANSWER);
    }
    try (var server = answering(ok(header, gzipped(10 * MIB)))) {
      assertFails(() -> patient.post(server.uri(), FORM), Failure.INVALID_ANSWER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "br, br",
    "zstd, zstd",
    "canary, of an unknown name",
    "'gzip, br', of an unknown name"
  })
  @Tag("case-45")
  void namesAnotherContentCodingAndKeepsTheGrant(String coding, String named) throws Exception {
    var header = "Content-Encoding: " + coding + "\r\nRetry-After: 7\r\n";
    try (var server = answering(ok(header, "packed"))) {
      assertThatThrownBy(() -> patient.post(server.uri(), FORM))
          .isInstanceOfSatisfying(
              LoginFailedException.class,
              e -> {
                assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
                assertThat(e.reason()).contains("Content-Encoding " + named + ",");
                assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(7));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity", ""})
  void takesIdentityAsNoCoding(String coding) throws Exception {
    try (var server = answering(ok("Content-Encoding: " + coding + "\r\n", "{}"))) {
      assertThat(patient.post(server.uri(), FORM).body()).hasSize(2);
    }
  }

  @Test
  void isLostIfThePackedContentIsDamaged() throws Exception {
    try (var server = answering(ok("Content-Encoding: gzip\r\n", "canary"))) {
      assertFails(() -> patient.post(server.uri(), FORM), Failure.ANSWER_LOST);
    }
  }

  @Test
  @Tag("case-82")
  void endsABodyOfOneByteAtATimeAtTheDeadline() throws Exception {
    try (var server =
        new LoopbackServer(
            (connection, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
              drip(out);
            })) {
      assertUnavailableInTime(() -> calls.get(server.uri()));
      assertLostInTime(() -> calls.post(server.uri(), FORM));
    }
  }

  @Test
  @Tag("case-82")
  void endsHeadersOfOneByteAtATimeAtTheDeadline() throws Exception {
    try (var server = new LoopbackServer((connection, out) -> drip(out))) {
      assertLostInTime(() -> calls.post(server.uri(), FORM));
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  @Tag("case-82")
  void letsGoOfTheConnectionAtTheDeadline() throws Exception {
    var gone = new CountDownLatch(1);
    try (var server = dripping(new CountDownLatch(1), gone)) {
      assertFails(() -> calls.post(server.uri(), FORM), Failure.ANSWER_LOST);
      assertThat(gone.await(3, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @Tag("case-82")
  void letsGoOfTheConnectionWhenTheCallerIsInterrupted() throws Exception {
    var entered = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    try (var server = dripping(entered, gone)) {
      var caller =
          new Thread(
              () -> assertFails(() -> patient.post(server.uri(), FORM), Failure.ANSWER_LOST));
      caller.start();
      assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
      caller.interrupt();
      assertThat(gone.await(3, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static LoopbackServer dripping(CountDownLatch entered, CountDownLatch gone)
      throws IOException {
    return new LoopbackServer(
        (connection, out) -> {
          entered.countDown();
          try {
            drip(out);
          } catch (IOException e) {
            gone.countDown();
          }
        });
  }

  @Test
  void itsThreadsKeepNoProcessAliveAndEndWithIt() throws Exception {
    try (var server = answering(ok("", "{}"))) {
      patient.get(server.uri());
      assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
      patient.close();
      for (var one : threads()) {
        one.join(5_000);
        assertThat(one.isAlive()).isFalse();
      }
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals("gatehouse-http"))
        .toList();
  }

  private static void drip(OutputStream out) throws IOException, InterruptedException {
    for (var i = 0; i < 100; i++) {
      write(out, "H");
      Thread.sleep(50);
    }
  }

  @Test
  @Tag("case-84")
  void isUnavailableIfTheConnectionIsRefused() throws Exception {
    URI nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/token");
    }
    assertUnavailableInTime(() -> calls.post(nobody, FORM));
    assertUnavailableInTime(() -> calls.get(nobody));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("case-85")
  void sendsAPostOnceIfTheConnectionBreaksAfterIt(boolean reset) throws Exception {
    try (var server =
        new LoopbackServer(
            (connection, out) -> {
              if (reset) {
                connection.setSoLinger(true, 0);
              }
              connection.close();
            })) {
      assertLostInTime(() -> calls.post(server.uri(), FORM));
      Thread.sleep(100);
      assertThat(server.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("case-85")
  void sendsAPostOnceIfAConnectionThatWasKeptOpenBreaksAfterIt(boolean reset) throws Exception {
    var served = new AtomicInteger();
    try (var server =
        new LoopbackServer(
            (connection, out) -> {
              if (served.getAndIncrement() == 0) {
                write(out, ok("", "{}"));
                return;
              }
              if (reset) {
                connection.setSoLinger(true, 0);
              }
              connection.close();
            })) {
      assertThat(patient.post(server.uri(), FORM).status()).isEqualTo(200);
      assertFails(() -> patient.post(server.uri(), FORM), Failure.ANSWER_LOST);
      Thread.sleep(100);
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  @Tag("case-84")
  void isLostIfTheBodyIsCutShort() throws Exception {
    try (var server =
        new LoopbackServer(
            (connection, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
              connection.close();
            })) {
      assertLostInTime(() -> calls.post(server.uri(), FORM));
      assertThat(server.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\u0000\u0001\r\n\r\n"})
  @Tag("case-84")
  void isLostIfTheAnswerIsNoHttp(String answer) throws Exception {
    try (var server = answering(answer)) {
      assertLostInTime(() -> calls.post(server.uri(), FORM));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "60, 60",
    "3600, 3600",
    "99999, 3600",
    "100000, 0",
    "-1, 0",
    "1.5, 0",
    "soon, 0",
    "'Fri, 02 Jan 2026 03:04:05 GMT', 0"
  })
  @Tag("case-48")
  void readsRetryAfterInSecondsAndBoundsIt(String value, long seconds) throws Exception {
    var answer = "HTTP/1.1 429 x\r\nRetry-After: " + value + "\r\nContent-Length: 0\r\n\r\n";
    try (var server = answering(answer)) {
      var received = patient.get(server.uri());
      assertThat(received.isUnavailable()).isTrue();
      assertThat(received.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void anInterruptedCallerStaysInterrupted() throws Exception {
    try (var server = new LoopbackServer((connection, out) -> drip(out))) {
      Thread.currentThread().interrupt();
      assertFails(() -> patient.get(server.uri()), Failure.UNAVAILABLE);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
