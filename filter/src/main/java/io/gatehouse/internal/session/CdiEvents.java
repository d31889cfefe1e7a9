package io.gatehouse.internal.session;

import io.gatehouse.internal.message.Warnings;
import jakarta.enterprise.event.ObserverException;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger;

/**
 * Fires each event as a CDI event, in the CDI container of the application. Only this class of the
 * package uses CDI; {@link Events#of} loads it only if CDI is present.
 */
public final class CdiEvents implements Events {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final ClassLoader application;

  /**
   * Creates the events.
   *
   * @param application the class loader by which CDI identifies the application
   */
  CdiEvents(ClassLoader application) {
    this.application = application;
  }

  // A refresh may run on a thread of the application's own, with any class loader.
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

  // Errors are caught too: an observer must not decide the fate of a session.
  private static void tell(Record event) {
    CDI<Object> container;
    try {
      container = CDI.current(); // at each event: CDI starts later and ends earlier
    } catch (IllegalStateException none) {
      return;
    }
    try {
      container.getBeanManager().getEvent().fire(event);
    } catch (RuntimeException | Error e) {
      LOG.log(
          Logger.Level.WARNING,
          Warnings.OBSERVER_FAILED.formatted(
              event.getClass().getName(), thrownBy(e).getClass().getName()));
    }
  }

  // The container wraps checked exceptions (CDI 4.0 section 10.5); the message may contain secrets.
  private static Throwable thrownBy(Throwable e) {
    var cause = e.getCause();
    return e instanceof ObserverException && cause != null ? cause : e;
  }
}
