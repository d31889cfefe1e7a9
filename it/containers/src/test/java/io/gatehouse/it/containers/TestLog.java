package io.gatehouse.it.containers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is logged in the process of the tests, as long as it is open: where Jetty says it all. */
final class TestLog extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  TestLog() {
    Logger.getLogger("").addHandler(this);
  }

  String text() {
    return String.join("\n", lines);
  }

  /** All that an exception and its causes say. */
  static String messages(@Nullable Throwable failure) {
    var messages = new StringBuilder();
    for (var it = failure; it != null; it = it.getCause()) {
      messages.append(it).append('\n');
    }
    return messages.toString();
  }

  @Override
  public void publish(LogRecord event) {
    lines.add(event.getMessage() + '\n' + messages(event.getThrown()));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
