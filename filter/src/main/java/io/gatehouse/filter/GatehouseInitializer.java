package io.gatehouse.filter;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts Gatehouse with the application, if its web.xml has the filter. A start that fails stops
 * the deployment with one message, whatever has gone wrong: it refers to no other class of ours
 * before it can catch what is missing (docs/decisions/0026-closed-start.md).
 */
public final class GatehouseInitializer implements ServletContainerInitializer {
  /** For the container. */
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
