package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.JsonMessage;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.ServerCalls;
import io.gatehouse.internal.server.ServerResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** The authorization server's pushed authorization request endpoint (RFC 9126 section 2). */
public final class PushedRequestEndpoint {
  private static final int CREATED = 201;
  private static final int MAX_CHARACTERS = 512; // same limit as ours, RFC 9101 section 5
  private static final Pattern ABSOLUTE_URI =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]+");

  private final AuthorizationServer server;
  private final ServerCalls calls;

  public PushedRequestEndpoint(AuthorizationServer server, ServerCalls calls) {
    this.server = server;
    this.calls = calls;
  }

  /**
   * Pushes a request. Only the request object carries its parameters (RFC 9126 section 3).
   *
   * @param requestObject the signed request object
   * @param client the client of the request
   * @return the {@code request_uri} of the pushed request
   * @throws LoginFailedException with {@link Failure#MISCONFIGURED} if the authorization server has
   *     no such endpoint or refuses the request, {@link Failure#INVALID_ANSWER} if its response
   *     violates the protocol, and with another failure if the authorization server is unavailable
   */
  public String push(String requestObject, Client client) throws LoginFailedException {
    var form = new LinkedHashMap<String, String>();
    form.put("request", requestObject);
    form.putAll(client.authentication().parameters());
    var answer = calls.post(endpoint(), form);
    if (answer.status() == CREATED) {
      return requestUri(JsonMessage.parse("the pushed request's answer", answer.body()));
    }
    if (answer.isUnavailable()) {
      throw new LoginFailedException(
          Failure.UNAVAILABLE,
          "the pushed authorization request endpoint answers with status " + answer.status(),
          answer.retryAfter());
    }
    throw refusal(answer);
  }

  private URI endpoint() throws LoginFailedException {
    return server
        .metadata()
        .find(Endpoint.PUSHED_AUTHORIZATION_REQUEST)
        .orElseThrow(
            () ->
                new LoginFailedException(
                    Failure.MISCONFIGURED,
                    "gatehouse.request-mode is pushed, but the server's metadata has no safe"
                        + " pushed_authorization_request_endpoint on the issuer's origin; set"
                        + " gatehouse.endpoints.pushed-authorization-request, or another mode"));
  }

  // RFC 9126 2.2; the value becomes part of an address, so even a trusted server's value is checked
  private static String requestUri(JsonMessage answer) throws LoginFailedException {
    if (answer.states("error")) {
      throw JsonMessage.invalid("the pushed request's answer has an error beside status 201");
    }
    var requestUri =
        answer
            .string("request_uri")
            .filter(it -> it.length() <= MAX_CHARACTERS && ABSOLUTE_URI.matcher(it).matches())
            .orElseThrow(
                () -> JsonMessage.invalid("the pushed request's answer has no usable request_uri"));
    var expiresIn = answer.number("expires_in");
    if (expiresIn.isEmpty() || expiresIn.get().compareTo(BigDecimal.ONE) < 0) {
      throw JsonMessage.invalid("the pushed request's answer has no expires_in that is to come");
    }
    return requestUri;
  }

  // A refusal (RFC 9126 2.3) does not depend on the user.
  private static LoginFailedException refusal(ServerResponse answer) {
    var reason = "the pushed authorization request endpoint answers with status " + answer.status();
    return answer.status() < 400
        ? JsonMessage.invalid(reason + ", and not " + CREATED + " (RFC 9126 2.2)")
        : new LoginFailedException(
            Failure.MISCONFIGURED, reason + " " + TokenEndpoint.error(answer));
  }
}
