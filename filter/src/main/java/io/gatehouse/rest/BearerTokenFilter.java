package io.gatehouse.rest;

import io.gatehouse.Tokens;
import io.gatehouse.bearer.UnlistedOrigins;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/**
 * Sends the user's access token to the application's APIs (RFC 6750 section 2.1), and to nobody
 * else: {@code client.register(new BearerTokenFilter(tokens))}.
 *
 * <p>Only a request to one of {@code gatehouse.api-origins} gets the token, and only if it has no
 * {@code Authorization} header of its own. If the API refuses the token with 401 and another one is
 * to be had, the request is sent once more with that one, provided that its entity is none, a
 * {@code String}, a {@code byte[]} or a {@code Form}; anything else may be gone after it was sent
 * once.
 *
 * <p>A request with the token follows no redirect in Jersey, since the header would go along to
 * another origin. RESTEasy follows none either, unless {@code setFollowRedirects(true)} says so:
 * leave that out.
 *
 * <p>The client wraps {@link io.gatehouse.LoginNeededException} and {@link
 * io.gatehouse.ServerUnavailableException} in its own {@code ProcessingException}.
 */
public final class BearerTokenFilter implements ClientRequestFilter, ClientResponseFilter {
  private static final String SENT = "io.gatehouse.sent-token";
  private static final String JERSEY_FOLLOW_REDIRECTS = "jersey.config.client.followRedirects";

  private final Tokens tokens;

  // A property of the request, which others may print: a token is a key.
  private record Sent(String token) {
    @Override
    public String toString() {
      return "Sent[]";
    }
  }

  /**
   * @param tokens whose; the bean that CDI injects does for calls on the thread of a request only
   */
  public BearerTokenFilter(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void filter(ClientRequestContext request) {
    if (request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION)) {
      return;
    }
    if (!tokens.mayGoTo(request.getUri())) {
      UnlistedOrigins.OF_APPLICATION.note(request.getUri());
      return;
    }
    var token = tokens.accessToken();
    request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    request.setProperty(SENT, new Sent(token));
    request.setProperty(JERSEY_FOLLOW_REDIRECTS, false);
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response)
      throws IOException {
    if (response.getStatus() != 401
        || !(request.getProperty(SENT) instanceof Sent sent)
        || !Repetition.isPossible(request)) {
      return;
    }
    request.removeProperty(SENT); // it is sent once more at most
    var another = tokens.accessTokenInsteadOf(sent.token());
    if (another.isPresent()) {
      Repetition.send(request, another.get(), response);
    }
  }
}
