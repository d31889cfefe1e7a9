package io.gatehouse.internal.login;

import io.gatehouse.internal.jose.JweDecrypter;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.web.PublicContent;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The public halves of the application's signing keys (RFC 7517 section 5): current, next and
 * previous; and of its decryption key, if it has one.
 */
public final class JwksServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Optional<JweDecrypter> decrypter;
  private volatile byte[] jwks;

  /**
   * Creates the servlet.
   *
   * @param decrypter has the key to which ID tokens are encrypted, if they are
   */
  public JwksServlet(List<SigningKey> keys, Optional<JweDecrypter> decrypter) {
    this.decrypter = decrypter;
    jwks = jwks(keys);
  }

  /** Publishes these keys from now on. */
  public void publish(List<SigningKey> keys) {
    jwks = jwks(keys);
  }

  private byte[] jwks(List<SigningKey> keys) {
    var array = Json.createArrayBuilder();
    keys.forEach(it -> array.add(Json.createObjectBuilder(it.publicJwk())));
    decrypter.ifPresent(it -> array.add(Json.createObjectBuilder(it.publicJwk())));
    return Json.createObjectBuilder()
        .add("keys", array)
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PublicContent.send(request, response, "application/json", jwks, Duration.ofMinutes(1));
  }
}
