package io.gatehouse.filter;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts Gatehouse with the application, if its web.xml declares the filter. A failed start stops
 * the deployment with one message, whatever the failure. This class refers to no other Gatehouse
 * class before it can catch missing classes (docs/decisions/0026-closed-start.md).
 */
public final class GatehouseInitializer implements ServletContainerInitializer {
  /** Creates the initializer, for the container. */
  public GatehouseInitializer() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    try {
      ApplicationStart.of(context);
    } catch (Throwable fault) {
      throw StartFaultException.stopping(context, fault);
    }
  }
}
