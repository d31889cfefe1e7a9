package io.gatehouse.standin.config;

/**
 * The two names of the authorization server: on 3.x, discovery has a name with the prefix, and the
 * tokens have a name without it.
 *
 * @param discovered {@code issuer} of the discovery document
 * @param ofTokens {@code iss} of the tokens
 */
public record Issuer(String discovered, String ofTokens) {

  public static Issuer on(int port, Line line) {
    var origin = "http://127.0.0.1:" + port;
    return new Issuer(origin + line.prefix(), origin);
  }

  public String url(String path) {
    return discovered + path;
  }
}
