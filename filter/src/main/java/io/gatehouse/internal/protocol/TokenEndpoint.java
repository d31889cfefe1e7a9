package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.JsonMessage;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.ServerCalls;
import io.gatehouse.internal.server.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The authorization server's token endpoint (RFC 6749 section 3.2). */
public final class TokenEndpoint {
  // RFC 6749 5.2: errors that do not depend on the user or the time
  private static final Set<String> OURS =
      Set.of(
          "invalid_client",
          "unauthorized_client",
          "invalid_request",
          "unsupported_grant_type",
          "invalid_scope");

  private static final String NOT_NOW = "temporarily_unavailable";
  private static final String NO_CODE = "without error code";

  private final AuthorizationServer server;
  private final ServerCalls calls;

  public TokenEndpoint(AuthorizationServer server, ServerCalls calls) {
    this.server = server;
    this.calls = calls;
  }

  /**
   * Redeems a code (RFC 6749 section 4.1.3 and RFC 7636 section 4.5). The request is sent once: a
   * code must not be used twice, so any failure ends this login.
   *
   * @param redirectUri the redirect URI of the authorization request
   * @throws LoginFailedException if the authorization server refuses, is unreachable, or sends an
   *     invalid response
   */
  public TokenResponse redeem(Code code, PendingLogin login, String redirectUri)
      throws LoginFailedException {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", code.value());
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", login.codeVerifier().value());
    return post(form, login.client());
  }

  /**
   * Refreshes the tokens (RFC 6749 section 6). The request is sent once: if its response is lost,
   * an authorization server that rotates refresh tokens would treat a second request as token theft
   * (RFC 9700 section 4.14.2).
   *
   * @param client the client to which the token was issued
   * @throws LoginFailedException with {@link Failure#GRANT_REFUSED} or {@link
   *     Failure#MISCONFIGURED} if the authorization server refuses, {@link Failure#UNAVAILABLE} if
   *     it did not act on the request, and {@link Failure#ANSWER_LOST} or {@link
   *     Failure#INVALID_ANSWER} if it may have acted
   */
  public TokenResponse refresh(String refreshToken, Client client) throws LoginFailedException {
    return post(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken), client);
  }

  /**
   * Revokes a refresh token (RFC 7009 section 2.1).
   *
   * @param client the client to which the token was issued
   * @return whether the authorization server has a revocation endpoint
   * @throws LoginFailedException if the endpoint is unreachable or does not answer with success
   */
  public boolean revoke(String refreshToken, Client client) throws LoginFailedException {
    var endpoint = server.metadata().find(Endpoint.REVOCATION);
    if (endpoint.isEmpty()) {
      return false;
    }
    var form = new LinkedHashMap<String, String>();
    form.put("token", refreshToken);
    form.put("token_type_hint", "refresh_token");
    form.putAll(client.authentication().parameters());
    var answer = calls.post(endpoint.get(), form);
    if (!answer.isOk()) {
      throw new LoginFailedException(
          Failure.UNAVAILABLE, "the revocation endpoint answers with status " + answer.status());
    }
    return true;
  }

  private TokenResponse post(Map<String, String> grant, Client client) throws LoginFailedException {
    var form = new LinkedHashMap<>(grant);
    form.putAll(client.authentication().parameters());
    var answer = calls.post(server.metadata().at(Endpoint.TOKEN), form);
    if (answer.isOk() && !isRefusal(answer)) {
      return TokenResponse.parse(answer.body());
    }
    if (answer.isUnavailable()) {
      throw new LoginFailedException(
          Failure.UNAVAILABLE,
          "the token endpoint answers with status " + answer.status(),
          answer.retryAfter());
    }
    if (!answer.isOk() && answer.status() < 400) {
      throw JsonMessage.invalid("the token endpoint answers with status " + answer.status());
    }
    throw refusal(answer);
  }

  // Some servers state errors with status 200. Tokens beside an error are of no known meaning.
  private static boolean isRefusal(ServerResponse answer) throws LoginFailedException {
    var json = JsonMessage.parse("the token answer", answer.body());
    return !error(answer).equals(NO_CODE)
        && Stream.of("access_token", "id_token", "refresh_token").noneMatch(json::states);
  }

  private static LoginFailedException refusal(ServerResponse answer) {
    var error = error(answer);
    var reason = "the token endpoint answers " + answer.status() + " " + error;
    if (error.equals(NOT_NOW)) { // by its name, the server has not acted
      return new LoginFailedException(Failure.UNAVAILABLE, reason, answer.retryAfter());
    }
    return new LoginFailedException(
        answer.status() == 401 || OURS.contains(error)
            ? Failure.MISCONFIGURED
            : Failure.GRANT_REFUSED,
        reason);
  }

  // The Verifier and other servers refuse with an empty body or an HTML page, which is a refusal
  // too.
  static String error(ServerResponse answer) {
    try {
      return JsonMessage.parse("the error", answer.body())
          .string("error")
          .filter(it -> it.matches("[a-z_]{1,64}"))
          .orElse(NO_CODE);
    } catch (LoginFailedException notJson) {
      return NO_CODE;
    }
  }
}
