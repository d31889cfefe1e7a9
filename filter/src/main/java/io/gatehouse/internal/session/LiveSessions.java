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
  private final UserSession rules;
  private final LongAdder count = new LongAdder();
  private volatile boolean isApplicationEnding;

  /**
   * Creates the observer.
   *
   * @param attribute the name of the attribute with the tokens in the container's session
   */
  public LiveSessions(String attribute, UserSession rules) {
    this.attribute = attribute;
    this.rules = rules;
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
      if (event.getValue() instanceof SessionTokens tokens && !isApplicationEnding) {
        tokens.endWithSession(rules);
      }
    }
  }

  /**
   * Records that the application ends. A container may end the sessions of this node then, while
   * they live on at another node.
   */
  public void applicationEnds() {
    isApplicationEnding = true;
  }

  /** Returns the number of live sessions. */
  public long count() {
    return Math.max(0, count.sum()); // a node may see the end of another node's session
  }
}
