package io.gatehouse.internal.session;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many sessions of users this node has, as the container tells it: also of those that it ends
 * itself because nobody used them.
 */
public final class LiveSessions implements HttpSessionAttributeListener {
  private final String attribute;
  private final LongAdder count = new LongAdder();

  /**
   * @param attribute under which the container's session has the tokens
   */
  public LiveSessions(String attribute) {
    this.attribute = attribute;
  }

  @Override
  public void attributeAdded(HttpSessionBindingEvent event) {
    if (event.getName().equals(attribute)) {
      count.increment();
    }
  }

  @Override
  public void attributeRemoved(HttpSessionBindingEvent event) {
    if (event.getName().equals(attribute)) {
      count.decrement();
    }
  }

  /** How many there are now. */
  public long count() {
    return Math.max(0, count.sum()); // a node may see the end of a session that began on another
  }
}
