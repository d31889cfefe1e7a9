package io.gatehouse.holes;

import io.gatehouse.filter.GatehouseFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;

/** Adds a filter when the initializers have run. */
public final class LateListener implements ServletContextListener {
  /** For the container. */
  public LateListener() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    var filter = event.getServletContext().addFilter("late", GatehouseFilter.class);
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
  }
}
