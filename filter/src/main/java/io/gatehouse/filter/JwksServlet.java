package io.gatehouse.filter;

import io.gatehouse.jose.JweDecrypter;
import io.gatehouse.jose.SigningKey;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The public halves of our signing keys (RFC 7517 section 5), current, next and previous, and of
 * the key that ID tokens are encrypted to.
 */
final class JwksServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final byte[] jwks;

  JwksServlet(List<SigningKey> keys, Optional<JweDecrypter> decrypter) {
    var array = Json.createArrayBuilder();
    keys.forEach(it -> array.add(Json.createObjectBuilder(it.publicJwk())));
    decrypter.ifPresent(it -> array.add(Json.createObjectBuilder(it.publicJwk())));
    jwks =
        Json.createObjectBuilder()
            .add("keys", array)
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET", "HEAD"), request, response)) {
      return;
    }
    SafeHeaders.set(response);
    response.setHeader("Cache-Control", "public, max-age=60");
    response.setContentType("application/json");
    response.setContentLength(jwks.length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(jwks);
    }
  }
}
