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

  // Errors of the moment: by their names, the authorization server has not acted. They are defined
  // for the authorization endpoint (RFC 6749 4.1.2.1) and for polling (RFC 8628 3.5), but sent here
  // too.
  private static final Set<String> NOT_NOW =
      Set.of("temporarily_unavailable", "server_error", "slow_down");

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String NO_CODE = "without error code";

  private final AuthorizationServer server;
  private final ServerCalls calls;
  private final boolean refusesWithoutBody;

  /**
   * Creates the endpoint.
   *
   * @param refusesWithoutBody whether a 403 without a body is this authorization server's refusal
   *     of a refresh token, as with the Verifier; with others, something in between sends it
   */
  public TokenEndpoint(AuthorizationServer server, ServerCalls calls, boolean refusesWithoutBody) {
    this.server = server;
    this.calls = calls;
    this.refusesWithoutBody = refusesWithoutBody;
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
    return tokens(send(form, login.client()));
  }

  /**
   * Refreshes the tokens (RFC 6749 section 6). The request is sent once: if its response is lost,
   * an authorization server that rotates refresh tokens would treat a second request as token theft
   * (RFC 9700 section 4.14.2).
   *
   * @param client the client to which the token was issued
   * @throws LoginFailedException with {@link Failure#GRANT_REFUSED} if the authorization server
   *     refuses the refresh token, {@link Failure#CLIENT_REFUSED} if it refuses the client, {@link
   *     Failure#MISCONFIGURED} if it refuses for another reason, {@link Failure#UNAVAILABLE} if it
   *     did not act on the request, {@link Failure#FOREIGN_ANSWER} if something in between
   *     answered, and {@link Failure#ANSWER_LOST} or {@link Failure#INVALID_ANSWER} if it may have
   *     acted
   */
  public TokenResponse refresh(String refreshToken, Client client) throws LoginFailedException {
    var answer = send(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken), client);
    if (answer.isOk() && !answer.isPage() && !isRefusal(answer)) {
      return TokenResponse.parse(answer.body());
    }
    throw notRenewed(answer);
  }

  // RFC 6749 5.2: only the server's own refusal of the grant says that the refresh token is spent.
  private LoginFailedException notRenewed(ServerResponse answer) {
    if (answer.isUnavailable()) {
      return unavailable(answer);
    }
    var error = answer.isRedirect() ? NO_CODE : error(answer);
    var reason = "the token endpoint answers " + answer.status() + " " + error;
    if (NOT_NOW.contains(error)) {
      return new LoginFailedException(Failure.UNAVAILABLE, reason, answer.retryAfter());
    }
    if (error.equals("invalid_grant")
        || (refusesWithoutBody && answer.status() == FORBIDDEN && answer.body().length == 0)) {
      return new LoginFailedException(Failure.GRANT_REFUSED, reason);
    }
    if (error.equals("invalid_client") || answer.status() == UNAUTHORIZED) {
      return new LoginFailedException(Failure.CLIENT_REFUSED, reason, answer.retryAfter());
    }
    if (!error.equals(NO_CODE)) {
      return new LoginFailedException(Failure.MISCONFIGURED, reason);
    }
    return answer.status() < 300 && !answer.isPage() // 2xx: it may have acted
        ? JsonMessage.invalid(reason)
        : new LoginFailedException(
            Failure.FOREIGN_ANSWER,
            reason + ", so it is not the authorization server that answers (RFC 6749 5.2)",
            answer.retryAfter());
  }

  /**
   * Revokes a refresh token (RFC 7009 section 2.1).
   *
   * @param client the client to which the token was issued
   * @return whether the authorization server has a revocation endpoint
   * @throws LoginFailedException if the endpoint is unreachable or does not answer 200
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

  private ServerResponse send(Map<String, String> grant, Client client)
      throws LoginFailedException {
    var form = new LinkedHashMap<>(grant);
    form.putAll(client.authentication().parameters());
    return calls.post(server.metadata().at(Endpoint.TOKEN), form);
  }

  private static LoginFailedException unavailable(ServerResponse answer) {
    return new LoginFailedException(
        Failure.UNAVAILABLE,
        "the token endpoint answers with status " + answer.status(),
        answer.retryAfter());
  }

  private static TokenResponse tokens(ServerResponse answer) throws LoginFailedException {
    if (answer.isOk() && !isRefusal(answer)) {
      return TokenResponse.parse(answer.body());
    }
    if (answer.isUnavailable()) {
      throw unavailable(answer);
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
    if (NOT_NOW.contains(error)) {
      return new LoginFailedException(Failure.UNAVAILABLE, reason, answer.retryAfter());
    }
    return new LoginFailedException(
        answer.status() == UNAUTHORIZED || OURS.contains(error)
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
