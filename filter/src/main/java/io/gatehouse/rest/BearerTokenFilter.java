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
 * A Jakarta REST client filter that sends the user's access token to the application's APIs (RFC
 * 6750 section 2.1), and to no other address: {@code client.register(new
 * BearerTokenFilter(tokens))}.
 *
 * <p>A request gets the token only if its origin is in {@code gatehouse.api-origins} and it has no
 * {@code Authorization} header of its own. If the API refuses the token with 401 and another token
 * is available, the request is sent once more with that token, provided that the request has no
 * entity or its entity is a {@code String}, a {@code byte[]} or a {@code Form}. Any other entity
 * may be consumed after the request was sent once.
 *
 * <p>A request with the token follows no redirect in Jersey, since the header would be sent to
 * another origin. RESTEasy follows no redirect by default; do not call {@code
 * setFollowRedirects(true)}.
 *
 * <p>The client wraps {@link io.gatehouse.LoginNeededException} and {@link
 * io.gatehouse.ServerUnavailableException} in its own {@code ProcessingException}.
 */
public final class BearerTokenFilter implements ClientRequestFilter, ClientResponseFilter {
  private static final String SENT = "io.gatehouse.sent-token";
  private static final String JERSEY_FOLLOW_REDIRECTS = "jersey.config.client.followRedirects";

  private final Tokens tokens;

  // A request property, which other code may print: the token must not appear there.
  private record Sent(String token) {
    @Override
    public String toString() {
      return "Sent[]";
    }
  }

  /**
   * Creates the filter.
   *
   * @param tokens the tokens of the user; the CDI bean works only for calls on the thread of a
   *     request
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
    request.removeProperty(SENT); // at most one repetition
    var another = tokens.accessTokenInsteadOf(sent.token());
    if (another.isPresent()) {
      Repetition.send(request, another.get(), response);
    }
  }
}
