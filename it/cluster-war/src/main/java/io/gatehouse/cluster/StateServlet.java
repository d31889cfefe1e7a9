package io.gatehouse.cluster;

import io.gatehouse.Tokens;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reports the node, the logged-in user, a note in the session, a hash of the access token, and the
 * number of bytes that a node sends to another for the tokens in the session. The parameter {@code
 * ?note=} sets the note.
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
    var tokens = Tokens.of(request).orElseThrow();
    response
        .getWriter()
        .write(
            "node %s\nsubject %s\nnote %s\ntoken %s\ntoken-bytes %d\nsession-bytes %d\n"
                .formatted(
                    System.getProperty("gatehouse-test.node"),
                    request.getRemoteUser(),
                    session.getAttribute(NOTE),
                    hash(tokens.accessToken()),
                    length(tokens),
                    written(session.getAttribute(Tokens.ATTRIBUTE))));
  }

  private static int length(Tokens tokens) {
    return tokens.accessToken().length()
        + tokens.idToken().length()
        + tokens.refreshToken().orElse("").length();
  }

  private static int written(Object attribute) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(attribute);
    }
    return bytes.size();
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
