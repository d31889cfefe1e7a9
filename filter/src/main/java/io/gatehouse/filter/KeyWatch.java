package io.gatehouse.filter;

import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.KeyFiles;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the files with keys and secrets every few seconds, and puts in force what has changed in
 * them. A file that cannot be used, as one that is half written, changes nothing: what was in force
 * before stays so, and the log says what to mend.
 */
final class KeyWatch implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Supplier<KeyFiles> files;
  private final Consumer<Configuration.Keys> inForce;
  private final Thread thread = new Thread(this::watch, "gatehouse key files");
  private String seen;

  /**
   * @param files opens the files anew each time
   * @param seen the fingerprint of what is in force
   * @param inForce is told of what is in force from now on
   */
  KeyWatch(Supplier<KeyFiles> files, String seen, Consumer<Configuration.Keys> inForce) {
    this.files = files;
    this.seen = seen;
    this.inForce = inForce;
  }

  /** Looks from now on, in a thread that ends with {@link #close}. */
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(INTERVAL.toMillis());
        look();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once. */
  void look() {
    try {
      var now = files.get();
      var fingerprint = now.fingerprint();
      if (fingerprint.equals(seen)) {
        return;
      }
      seen = fingerprint; // also of what cannot be used: it is told once
      inForce.accept(now.read());
    } catch (ConfigurationException e) {
      warn(String.join(" ", e.faults()));
    } catch (RuntimeException | LinkageError e) { // of a source of properties, for one
      warn(e.getClass().getName());
    }
  }

  private static void warn(String why) {
    LOG.log(
        Logger.Level.WARNING,
        "keys or secrets have changed and cannot be used, so those of before stay in force: {0}",
        why);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
