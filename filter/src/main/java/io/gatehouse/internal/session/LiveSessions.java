package io.gatehouse.internal.session;

import io.gatehouse.Tokens;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Observes the user sessions of this node, as the container reports them: counts them, and ends
 * their tokens with them, for example for inactivity.
 */
public final class LiveSessions implements HttpSessionAttributeListener {
  private final Optional<String> filter;
  private final UserSession rules;
  private final LongAdder count = new LongAdder();
  private volatile boolean isApplicationEnding;

  /**
   * Creates the observer.
   *
   * @param filter the name of the filter, if it is one of an application's several filters
   */
  public LiveSessions(Optional<String> filter, UserSession rules) {
    this.filter = filter;
    this.rules = rules;
  }

  @Override
  public void attributeAdded(HttpSessionBindingEvent event) {
    if (isTokens(event.getName())) {
      count.increment();
    }
  }

  @Override
  public void attributeRemoved(HttpSessionBindingEvent event) {
    if (isTokens(event.getName())) {
      count.decrement();
      if (event.getValue() instanceof SessionTokens tokens && !isApplicationEnding) {
        tokens.endWithSession(rules);
      }
    }
  }

  private boolean isTokens(String attribute) {
    return filter.isPresent()
        ? PartNames.isAttribute(attribute, filter.get(), Tokens.ATTRIBUTE)
        : attribute.equals(Tokens.ATTRIBUTE);
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
