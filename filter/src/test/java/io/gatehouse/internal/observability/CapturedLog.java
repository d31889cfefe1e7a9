package io.gatehouse.internal.observability;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All log records of all loggers, at the finest level, until this object is closed. */
public final class CapturedLog extends Handler implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final Level before = Objects.requireNonNullElse(root.getLevel(), Level.INFO);
  private final List<Handler> others = List.of(root.getHandlers());
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** Begins to capture. */
  public CapturedLog() {
    setLevel(Level.ALL);
    others.forEach(root::removeHandler);
    root.addHandler(this);
    root.setLevel(Level.ALL);
  }

  /** Returns all lines of all loggers, with stack traces. */
  public List<String> everything() {
    var formatter = new SimpleFormatter();
    return records.stream()
        // the authorization server's own log is not ours
        .filter(it -> !String.valueOf(it.getLoggerName()).startsWith("com.sun.net.httpserver"))
        .map(formatter::format)
        .toList();
  }

  /** Returns Gatehouse's own messages, without any surrounding text. */
  public List<String> ours() {
    var formatter = new SimpleFormatter();
    return records.stream()
        .filter(it -> "io.gatehouse".equals(it.getLoggerName()))
        .map(it -> it.getLevel() + " " + formatter.formatMessage(it))
        .toList();
  }

  /** The messages of one logger. */
  public List<String> of(String logger) {
    var formatter = new SimpleFormatter();
    return records.stream()
        .filter(it -> logger.equals(it.getLoggerName()))
        .map(formatter::formatMessage)
        .toList();
  }

  /** Forgets what was logged so far. */
  public void clear() {
    records.clear();
  }

  /** Stops capturing until {@link #resume}. */
  public void pause() {
    root.removeHandler(this);
  }

  public void resume() {
    root.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(before);
    others.forEach(root::addHandler);
  }
}
