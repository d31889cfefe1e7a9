package io.gatehouse.bare;

import io.gatehouse.Tokens;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the tokens of the session and reads them again, as a session store does: unchanged, or
 * with the change that a test asks for.
 */
@WebServlet("/stored-tokens")
public final class StoredTokensServlet extends HttpServlet {
  private static final String TOKENS = "gatehouse.tokens";
  private static final int FORMAT_VERSION = 3;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var session = request.getSession(false);
    var written = written(session.getAttribute(TOKENS));
    var start = start(written);
    switch (String.valueOf(request.getParameter("as"))) {
      case "same" -> {}
      case "newer" -> ByteBuffer.wrap(written).putInt(start, FORMAT_VERSION + 1);
      case "older" -> ByteBuffer.wrap(written).putInt(start, FORMAT_VERSION - 1);
      case "corrupt" -> Arrays.fill(written, start + 4, start + 24, (byte) 0x7F);
      case "other-realm" -> written[start + 4 + 8 + 4] ^= 1; // the first letter of the realm
      default -> {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        return;
      }
    }
    store(session, written);
    PlainText.write(response, List.of("stored"));
  }

  private static byte[] written(Object tokens) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(tokens);
    }
    return bytes.toByteArray();
  }

  // The serialized form begins with its version, a byte sequence that no earlier text contains.
  private static int start(byte[] written) {
    for (var i = 0; i < written.length - 4; i++) {
      if (ByteBuffer.wrap(written).getInt(i) == FORMAT_VERSION && written[i + 4] == 0) {
        return i;
      }
    }
    throw new IllegalStateException("no version in what was written");
  }

  private static void store(HttpSession session, byte[] written) throws IOException {
    try (var in = new OfApplication(new ByteArrayInputStream(written))) {
      var read = in.readObject();
      if (!(read instanceof Tokens)) {
        throw new IllegalStateException("no tokens were read, but " + read.getClass());
      }
      session.setAttribute(TOKENS, read);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class OfApplication extends ObjectInputStream {
    OfApplication(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
      return Class.forName(type.getName(), false, StoredTokensServlet.class.getClassLoader());
    }
  }
}
