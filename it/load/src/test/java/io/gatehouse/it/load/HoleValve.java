package io.gatehouse.it.load;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Answers one path before all filters, as a hole in a container would. */
final class HoleValve extends ValveBase {
  static final String PATH = Application.PATH + "/past-the-filter";

  HoleValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (!PATH.equals(request.getRequestURI())) {
      getNext().invoke(request, response);
    }
  }
}
