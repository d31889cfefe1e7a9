package io.gatehouse.filter;

import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.message.DeploymentFaults;
import io.gatehouse.internal.message.FaultText;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/** Thrown if the start has failed; the message gives the reason and the remedy. */
final class StartFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The name of the servlet context attribute that holds the message of a failed start. */
  static final String FAULT = "io.gatehouse.filter.fault";

  private StartFaultException(String message) {
    super(message);
  }

  /**
   * Returns the exception for a filter without a started Gatehouse.
   *
   * @param fault the message of the failed start, if any
   */
  static StartFaultException withoutInitializer(@Nullable Object fault) {
    return new StartFaultException(
        fault instanceof String text ? text : DeploymentFaults.NOT_STARTED);
  }

  /** Returns the exception for a filter that was added after Gatehouse had started. */
  static StartFaultException lateFilter(String filterName) {
    return new StartFaultException(DeploymentFaults.LATE_FILTER.formatted(filterName));
  }

  /** Returns the exception for two copies of the jar, whose classes are incompatible. */
  static StartFaultException secondCopy() {
    return new StartFaultException(DeploymentFaults.TWO_COPIES);
  }

  /**
   * Returns the exception that stops a deployment. Closes the application and stores the message
   * for the filter, since a container may continue anyway.
   */
  static ServletException stopping(ServletContext context, Throwable fault) {
    var message =
        fault instanceof ConfigurationException || fault instanceof StartFaultException
            ? FaultText.of(fault)
            : unforeseen(fault);
    context.setAttribute(FAULT, message);
    try {
      ClosedFilter.close(context);
    } catch (RuntimeException | LinkageError notAllowed) { // the container stops
    }
    return fault instanceof ConfigurationException
        ? new ServletException(message)
        : new ServletException(message, FaultText.traceOf(fault));
  }

  private static String unforeseen(Throwable fault) {
    var text =
        fault instanceof LinkageError
            ? DeploymentFaults.CLASS_MISSING
            : DeploymentFaults.UNFORESEEN;
    return text.formatted(FaultText.of(fault));
  }
}
