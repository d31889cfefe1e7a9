package io.gatehouse.internal.web;

import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads the bodies of requests that anyone can send. A body that drips holds a thread of the
 * container, so only a few bodies are read at a time, each within a deadline; a few more requests
 * wait briefly. A thread that waits for a single byte cannot be freed: the container's own timeout
 * ends such a read.
 */
public final class BoundedBodies {
  private static final int READ_AT_A_TIME = 3; // the smallest containers have five threads
  private static final int WAITING = 8;
  private static final int CHUNK = 8192;

  private final Duration deadline;
  private final Duration patience;
  private final Semaphore reading = new Semaphore(READ_AT_A_TIME);
  private final Semaphore waiting = new Semaphore(WAITING);

  public BoundedBodies() {
    this(Duration.ofSeconds(2), Duration.ofMillis(250));
  }

  /**
   * Creates the reader.
   *
   * @param deadline the maximum time for a body
   * @param patience the longest wait for another body
   */
  BoundedBodies(Duration deadline, Duration patience) {
    this.deadline = deadline;
    this.patience = patience;
  }

  /**
   * Returns the body; empty if it has too many bytes.
   *
   * @param most the maximum number of bytes
   * @throws LoginFailedException with {@link Failure#INVALID_REQUEST} if the body takes too long,
   *     and {@link Failure#BUSY} if too many others are being read
   */
  public Optional<byte[]> read(HttpServletRequest request, int most)
      throws IOException, LoginFailedException {
    if (request.getContentLengthLong() > most) {
      return Optional.empty();
    }
    if (!reading.tryAcquire() && !hasWaited()) {
      throw new LoginFailedException(
          Failure.BUSY, "too many other bodies are being read", Duration.ofSeconds(1));
    }
    try {
      return readInTime(request, most);
    } finally {
      reading.release();
    }
  }

  private boolean hasWaited() {
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return reading.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.release();
    }
  }

  private Optional<byte[]> readInTime(HttpServletRequest request, int most)
      throws IOException, LoginFailedException {
    var end = System.nanoTime() + deadline.toNanos();
    var stream = request.getInputStream();
    var body = new ByteArrayOutputStream();
    var chunk = new byte[CHUNK];
    int count;
    while ((count = stream.read(chunk, 0, Math.min(CHUNK, most + 1 - body.size()))) >= 0) {
      body.write(chunk, 0, count);
      if (body.size() > most) {
        return Optional.empty();
      }
      if (System.nanoTime() - end > 0) {
        throw new LoginFailedException(
            Failure.INVALID_REQUEST,
            "the body has not arrived within " + deadline.toMillis() + " ms");
      }
    }
    return Optional.of(body.toByteArray());
  }
}
