package io.gatehouse.bare;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets Gatehouse and its library log all that they would ever log, so that tests find what may not
 * be there. Open Liberty takes it from its server.xml.
 */
@WebListener
public final class FinestLogs implements ServletContextListener {
  // Held, or else they may be collected, and their levels with them.
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("io.gatehouse"), Logger.getLogger("org.jose4j"));

  @Override
  public void contextInitialized(ServletContextEvent event) {
    LOGGERS.forEach(it -> it.setLevel(Level.ALL));
    for (var handler : Logger.getLogger("").getHandlers()) {
      handler.setLevel(Level.ALL); // many leave out what is finer than INFO or CONFIG
    }
  }
}
