package io.gatehouse.internal.session;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.concurrent.atomic.LongAdder;

/**
 * Observes the user sessions of this node, as the container reports them: counts them, and ends
 * their tokens with them, for example for inactivity.
 */
public final class LiveSessions implements HttpSessionAttributeListener {
  private final String attribute;
  private final LongAdder count = new LongAdder();

  /**
   * Creates the counter.
   *
   * @param attribute the name of the attribute with the tokens in the container's session
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
      if (event.getValue() instanceof SessionTokens tokens) {
        tokens.endWithSession();
      }
    }
  }

  /** Returns the number of live sessions. */
  public long count() {
    return Math.max(0, count.sum()); // a node may see the end of another node's session
  }
}
