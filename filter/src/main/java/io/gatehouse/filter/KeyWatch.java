package io.gatehouse.filter;

import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.KeyFiles;
import io.gatehouse.internal.message.Warnings;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the files with keys and secrets every few seconds, and applies changes. An unusable file,
 * for example a half-written one, changes nothing: the previous keys stay in force, and the log
 * names the fault.
 */
final class KeyWatch implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Supplier<KeyFiles> files;
  private final Consumer<Configuration.Keys> inForce;
  private final Thread thread = new Thread(this::watch, "gatehouse key files");
  private String seen;
  private String used;

  /**
   * Creates the watch.
   *
   * @param files reads the files again on each call
   * @param seen the fingerprint of the files in force
   * @param inForce receives the keys that are in force from now on
   */
  KeyWatch(Supplier<KeyFiles> files, String seen, Consumer<Configuration.Keys> inForce) {
    this.files = files;
    this.seen = seen;
    this.used = seen;
    this.inForce = inForce;
  }

  /** Starts watching, in a thread that ends with {@link #close}. */
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

  /** Checks the files once. */
  void look() {
    try {
      var now = files.get();
      var fingerprint = now.fingerprint();
      if (fingerprint.equals(seen)) {
        return;
      }
      seen = fingerprint; // also for unusable files, so that their fault is logged once
      if (!fingerprint.equals(used)) { // else they were unusable for a while
        inForce.accept(now.read());
        used = fingerprint;
      }
    } catch (ConfigurationException e) {
      warn(String.join(" ", e.faults()));
    } catch (RuntimeException | LinkageError e) { // for example from a source of properties
      warn(e.getClass().getName());
    }
  }

  private static void warn(String why) {
    LOG.log(Logger.Level.WARNING, Warnings.KEYS_UNUSABLE.formatted(why));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
