package io.gatehouse.standin.trouble;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Closes the connection without an answer if a filter asks for it; the servlet API cannot do this.
 */
public final class DroppedConnection extends ValveBase {

  private static final String ATTRIBUTE = DroppedConnection.class.getName();

  public DroppedConnection() {
    super(true);
  }

  static void drop(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (request.getAttribute(ATTRIBUTE) != null) {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }
}
