package io.gatehouse.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.filter.Deployment;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("case-74")
class BoundedBodiesTest {
  private static final int MOST = 10;
  private static final int READ_AT_A_TIME = 3;

  private final BoundedBodies bodies =
      new BoundedBodies(Duration.ofMillis(200), Duration.ofMillis(20));

  private static HttpServletRequest request(long length, InputStream body) {
    var stream =
        new ServletInputStream() {
          @Override
          public int read() throws IOException {
            return body.read();
          }

          @Override
          public int read(byte[] target, int offset, int count) throws IOException {
            return body.read(target, offset, count);
          }

          @Override
          public boolean isFinished() {
            return false;
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setReadListener(ReadListener listener) {
            throw new IllegalStateException();
          }
        };
    return Deployment.proxy(
        HttpServletRequest.class,
        (proxy, method, arguments) ->
            method.getName().equals("getContentLengthLong") ? (Object) length : stream);
  }

  private static HttpServletRequest request(int bytes) {
    return request(-1, new ByteArrayInputStream(new byte[bytes]));
  }

  /** A body of which a byte comes every few milliseconds, without end. */
  private static InputStream dripping() {
    return new InputStream() {
      @Override
      public int read() {
        try {
          TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return 'a';
      }

      @Override
      public int read(byte[] target, int offset, int count) {
        target[offset] = (byte) read();
        return 1;
      }
    };
  }

  private static void assertFails(Callable<?> reading, Failure failure) {
    assertThatThrownBy(reading::call)
        .isInstanceOfSatisfying(
            LoginFailedException.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }

  @Test
  void aBodyOfTheMostBytesIsReadAndNoLongerOne() throws Exception {
    assertThat(bodies.read(request(MOST), MOST))
        .hasValueSatisfying(it -> assertThat(it).hasSize(MOST));
    assertThat(bodies.read(request(MOST + 1), MOST)).isEmpty();
    assertThat(bodies.read(request(MOST + 1, dripping()), MOST)).as("by its length").isEmpty();
  }

  @Test
  void aBodyThatDripsIsGivenUp() {
    assertFails(() -> bodies.read(request(-1, dripping()), 1 << 20), Failure.INVALID_REQUEST);
  }

  @Test
  void aFewBodiesAreReadAtATimeAndTheirPlacesAreFreeAgain() throws Exception {
    var threads = Executors.newCachedThreadPool();
    try {
      var senders = new ArrayList<PipedOutputStream>();
      var readings = new ArrayList<Future<Optional<byte[]>>>();
      var entered = new CountDownLatch(READ_AT_A_TIME);
      for (var i = 0; i < READ_AT_A_TIME; i++) {
        var sender = new PipedOutputStream();
        senders.add(sender);
        var body = new PipedInputStream(sender);
        readings.add(threads.submit(() -> bodies.read(entering(body, entered), MOST)));
      }
      assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
      assertFails(() -> bodies.read(request(1), MOST), Failure.BUSY);
      for (var sender : senders) {
        sender.close();
      }
      for (var reading : readings) {
        assertThat(reading.get()).isPresent();
      }
      assertThat(bodies.read(request(1), MOST)).isPresent();
    } finally {
      threads.shutdownNow();
    }
  }

  private static HttpServletRequest entering(InputStream body, CountDownLatch entered) {
    var request = request(-1, body);
    return Deployment.proxy(
        HttpServletRequest.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getInputStream")) {
            entered.countDown();
          }
          return method.invoke(request, arguments);
        });
  }

  @Test
  void manyBodiesThatComeTogetherAreAllRead() throws Exception {
    var threads = Executors.newFixedThreadPool(READ_AT_A_TIME + 8);
    var patient = new BoundedBodies(Duration.ofSeconds(10), Duration.ofSeconds(10));
    try {
      var readings = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 100; i++) {
        readings.add(() -> patient.read(request(MOST), MOST).isPresent());
      }
      for (var reading : threads.invokeAll(readings)) {
        assertThat(reading.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
