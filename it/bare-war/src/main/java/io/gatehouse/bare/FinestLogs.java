package io.gatehouse.bare;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets Gatehouse and jose4j log at their finest level, so that tests find secrets in the logs. Open
 * Liberty reads the levels from its server.xml.
 */
@WebListener
public final class FinestLogs implements ServletContextListener {
  // Keep references: a collected logger loses its level.
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("io.gatehouse"), Logger.getLogger("org.jose4j"));

  @Override
  public void contextInitialized(ServletContextEvent event) {
    LOGGERS.forEach(it -> it.setLevel(Level.ALL));
    for (var handler : Logger.getLogger("").getHandlers()) {
      handler.setLevel(Level.ALL); // many handlers omit levels finer than INFO or CONFIG
    }
  }
}
