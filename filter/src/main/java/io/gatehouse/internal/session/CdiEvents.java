package io.gatehouse.internal.session;

import jakarta.enterprise.event.ObserverException;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger;

/**
 * Fires each event as a CDI event, in the container of the application. This class alone of its
 * package touches CDI; {@link Events#of} loads it only where CDI is.
 */
public final class CdiEvents implements Events {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final ClassLoader application;

  /**
   * @param application by which CDI knows the application
   */
  CdiEvents(ClassLoader application) {
    this.application = application;
  }

  // A refresh may be on a thread of the application's own, which has any class loader.
  @Override
  public void fire(Record event) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(application);
    try {
      tell(event);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  // An error too: what becomes of a session is not for an observer to decide.
  private static void tell(Record event) {
    CDI<Object> container;
    try {
      container = CDI.current(); // at each event: it is there later than this, and gone before
    } catch (IllegalStateException none) {
      return;
    }
    try {
      container.getBeanManager().getEvent().fire(event);
    } catch (RuntimeException | Error e) {
      LOG.log(
          Logger.Level.WARNING,
          "an observer of {0} threw {1}",
          event.getClass().getName(),
          thrownBy(e).getClass().getName());
    }
  }

  // The container wraps checked exceptions (CDI 4.0 section 10.5); the message may hold secrets.
  private static Throwable thrownBy(Throwable e) {
    var cause = e.getCause();
    return e instanceof ObserverException && cause != null ? cause : e;
  }
}
