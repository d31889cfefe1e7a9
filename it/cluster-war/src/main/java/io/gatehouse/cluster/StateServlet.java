package io.gatehouse.cluster;

import io.gatehouse.Tokens;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which node this is, who is logged in, a note that the session keeps, and which access token it
 * has, by a hash. With {@code ?note=} the note is set.
 */
@WebServlet("/state")
public final class StateServlet extends HttpServlet {
  private static final String NOTE = "note";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var session = request.getSession();
    var note = request.getParameter(NOTE);
    if (note != null) {
      session.setAttribute(NOTE, note);
    }
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response
        .getWriter()
        .write(
            "node %s\nsubject %s\nnote %s\ntoken %s\n"
                .formatted(
                    System.getProperty("gatehouse-test.node"),
                    request.getRemoteUser(),
                    session.getAttribute(NOTE),
                    hash(Tokens.of(request).orElseThrow().accessToken())));
  }

  private static String hash(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
