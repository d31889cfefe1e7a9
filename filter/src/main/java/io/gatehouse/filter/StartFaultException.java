package io.gatehouse.filter;

import io.gatehouse.internal.config.ConfigurationException;
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
        fault instanceof String text
            ? text
            : "Gatehouse was not started: the container did not run io.gatehouse.filter"
                + ".GatehouseInitializer. If web.xml has <absolute-ordering>, add"
                + " <name>gatehouse</name> or <others/> to it. On Jetty, add the module"
                + " ee10-annotations. If the jar was repackaged, keep its META-INF/services. The"
                + " filter has to be declared in web.xml, with the class"
                + " io.gatehouse.filter.GatehouseFilter itself");
  }

  /** Returns the exception for a filter that was added after Gatehouse had started. */
  static StartFaultException lateFilter(String filterName) {
    return new StartFaultException(
        "Gatehouse was started without a filter "
            + filterName
            + ". Declare it in web.xml: one that is added later has no servlets");
  }

  /** Returns the exception for two copies of the jar, whose classes are incompatible. */
  static StartFaultException secondCopy() {
    return new StartFaultException(
        "Two copies of gatehouse-filter are in use: in WEB-INF/lib, in the lib directory of the EAR"
            + " or among the server's libraries. Keep one of them, in WEB-INF/lib");
  }

  /**
   * Returns the exception that stops a deployment. Closes the application and stores the message
   * for the filter, since a container may continue anyway.
   */
  static ServletException stopping(ServletContext context, Throwable fault) {
    var message =
        fault instanceof ConfigurationException || fault instanceof StartFaultException
            ? String.valueOf(fault.getMessage())
            : unforeseen(fault);
    context.setAttribute(FAULT, message);
    try {
      ClosedFilter.close(context);
    } catch (RuntimeException | LinkageError notAllowed) { // the container stops
    }
    return new ServletException(message, fault instanceof ConfigurationException ? null : fault);
  }

  private static String unforeseen(Throwable fault) {
    return "Gatehouse did not start: "
        + fault
        + (fault instanceof LinkageError
            ? ". A class is missing or damaged: add gatehouse-filter with the libraries that it"
                + " brings (jose4j, slf4j-api) to WEB-INF/lib, each once and in one version"
            : ". The stack trace in the log tells where");
  }
}
