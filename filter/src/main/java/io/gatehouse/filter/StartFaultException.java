package io.gatehouse.filter;

import io.gatehouse.internal.config.ConfigurationException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/** A start that has failed; the message says why, and what to do. */
final class StartFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The servlet context's attribute for the message of a start that has failed. */
  static final String FAULT = "io.gatehouse.filter.fault";

  private StartFaultException(String message) {
    super(message);
  }

  /**
   * Nothing of Gatehouse has started before the filter.
   *
   * @param fault the message of a start that has failed, if there was one
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

  /** The filter was added when Gatehouse had started. */
  static StartFaultException lateFilter(String filterName) {
    return new StartFaultException(
        "Gatehouse was started without a filter "
            + filterName
            + ". Declare it in web.xml: one that is added later has no servlets");
  }

  /** Two copies of the jar are in use, and their classes do not fit. */
  static StartFaultException secondCopy() {
    return new StartFaultException(
        "Two copies of gatehouse-filter are in use: in WEB-INF/lib, in the lib directory of the EAR"
            + " or among the server's libraries. Keep one of them, in WEB-INF/lib");
  }

  /**
   * Returns the exception that stops a deployment, closes the application and leaves its message
   * for the filter: a container may go on all the same.
   */
  static ServletException stopping(ServletContext context, Throwable fault) {
    var message =
        fault instanceof ConfigurationException || fault instanceof StartFaultException
            ? String.valueOf(fault.getMessage())
            : unforeseen(fault);
    context.setAttribute(FAULT, message);
    try {
      ClosedFilter.close(context);
    } catch (RuntimeException | LinkageError notAllowed) { // then the container stops
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
