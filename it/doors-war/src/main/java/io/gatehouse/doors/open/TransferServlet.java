package io.gatehouse.doors.open;

import io.gatehouse.doors.Counts;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Uploads and downloads. */
@WebServlet("/transfer")
public final class TransferServlet extends HttpServlet {
  private static final int CHUNK = 64 * 1024;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Counts.add("transfer");
    var buffer = new byte[CHUNK];
    var total = 0L;
    var body = request.getInputStream();
    for (var read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      total += read;
    }
    response.setContentType("text/plain");
    response.getWriter().print("received " + total);
  }
}
