package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.Parameters;
import io.gatehouse.internal.server.ServerMetadata;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The authorization response that the browser brings back (RFC 6749 section 4.1.2). Its content is
 * untrusted until checked against the login. The string form hides the values.
 */
public final class AuthorizationResponse {
  private static final int MAX_CHARACTERS = 16 * 1024;
  private static final int MAX_CODE_CHARACTERS = 4 * 1024;
  private static final int MAX_LOGGED_CHARACTERS = 200;
  private static final Set<String> ONCE =
      Set.of("code", "state", "iss", "error", "error_description", "response");
  // RFC 9700 2.1.2: tokens never travel through the browser
  static final Set<String> NEVER = Set.of("id_token", "access_token", "token_type");
  private static final Set<String> KNOWN =
      Stream.concat(ONCE.stream(), NEVER.stream()).collect(Collectors.toUnmodifiableSet());
  private static final String EXPIRED = "authentication_expired";
  private static final Set<Failure> FOR_USERS = EnumSet.of(Failure.DENIED, Failure.LOGIN_REQUIRED);
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]+"); // RFC 6749 A.11
  private static final Pattern ERROR = Pattern.compile("[\\x20-\\x7E&&[^\"\\\\]]{1,64}");

  private final Map<String, String> parameters;

  private AuthorizationResponse(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Parses a response whose parameters are in the query.
   *
   * @throws LoginFailedException with {@link Failure#INVALID_REQUEST} if the query is too long, a
   *     parameter occurs twice (RFC 6749 section 3.1), the query cannot be decoded, or it is a
   *     signed response, which was not requested
   */
  public static AuthorizationResponse parse(String rawQuery) throws LoginFailedException {
    var parameters = parameters(rawQuery);
    if (parameters.containsKey("response")) {
      throw invalid("response is there, though gatehouse.response-mode is query");
    }
    return of(parameters);
  }

  /** Returns a response with the parameters of a verified JWT, or of the query. */
  static AuthorizationResponse of(Map<String, String> parameters) {
    return new AuthorizationResponse(Map.copyOf(parameters));
  }

  /** Returns the parameters of the query that Gatehouse knows. */
  static Map<String, String> parameters(String rawQuery) throws LoginFailedException {
    if (rawQuery.length() > MAX_CHARACTERS) {
      throw invalid("the query has more than " + MAX_CHARACTERS + " characters");
    }
    var query =
        Parameters.parse(rawQuery, KNOWN)
            .orElseThrow(() -> invalid("the query is not percent-encoded (RFC 3986 2.1)"));
    for (var name : NEVER) {
      if (query.has(name)) {
        throw invalid(name + " is in the query (RFC 9700 2.1.2)");
      }
    }
    var parameters = new HashMap<String, String>();
    for (var name : ONCE) {
      var values = query.all(name);
      if (values.size() > 1) {
        throw invalid(name + " is there twice (RFC 6749 3.1)");
      }
      values.forEach(it -> parameters.put(name, it));
    }
    return parameters;
  }

  private static LoginFailedException invalid(String reason) {
    return new LoginFailedException(Failure.INVALID_REQUEST, "authorization response: " + reason);
  }

  /**
   * Returns the suffix of the name of this login's cookie; empty if the response has no {@code
   * state}.
   */
  public Optional<String> cookieSuffix() {
    return value("state").map(PendingLogin::cookieSuffix);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(it -> !it.isEmpty());
  }

  /**
   * Returns whether the response is an error without {@code state}, as some servers send it; it
   * belongs to no login.
   */
  public boolean isErrorOfNoLogin() {
    return value("error").isPresent() && value("state").isEmpty();
  }

  /**
   * Returns the code, after checking that the response belongs to this login and comes from this
   * authorization server.
   *
   * @throws LoginFailedException if a check fails, or if the authorization server reports an error
   */
  public Code codeFor(PendingLogin login, ServerMetadata server) throws LoginFailedException {
    // RFC 6749 10.12
    if (!value("state").map(login.state()::matches).orElse(false)) {
      throw invalid("state is not this login's (RFC 6749 10.12)");
    }
    requireIssuer(server);
    if (value("error").isPresent()) {
      if (parameters.containsKey("code")) {
        throw invalid("both code and error");
      }
      throw errorOfServer();
    }
    var code = value("code").orElseThrow(() -> invalid("neither code nor error"));
    if (code.length() > MAX_CODE_CHARACTERS || !VISIBLE.matcher(code).matches()) {
      throw invalid("code is too long or has characters that no code has (RFC 6749 A.11)");
    }
    return new Code(code);
  }

  // RFC 9207 2.4: mix-up attack, the browser was made to bring another server's response
  private void requireIssuer(ServerMetadata server) throws LoginFailedException {
    var iss = value("iss");
    if (iss.isEmpty() && server.sendsIssuer()) {
      throw invalid("iss is missing though the server announces it (RFC 9207 2.4)");
    }
    if (iss.isPresent() && !iss.get().equals(server.issuer())) {
      throw invalid("iss is not the server's (RFC 9207 2.4)");
    }
  }

  /**
   * Returns an error without {@code state} as a failure. Anyone can send such an error, so it is
   * never the operator's concern, and the user's concern only during a login.
   *
   * @param pending whether the browser has begun a login, to which the error may belong
   */
  public LoginFailedException errorOfNoLogin(boolean pending) {
    var ofServer = errorOfServer();
    return pending && FOR_USERS.contains(ofServer.failure())
        ? ofServer
        : invalid("an error without state, so of no login (RFC 6749 4.1.2.1): " + error());
  }

  // Only after state has matched: others must not be able to report errors of the server.
  private LoginFailedException errorOfServer() {
    var failure = failure(errorCode());
    return new LoginFailedException(
        failure == Failure.UNAVAILABLE && isOfExpiredLogin() ? Failure.EXPIRED : failure,
        "the server answers " + error());
  }

  // Keycloak reports a login page that was left open as the state of the server.
  private boolean isOfExpiredLogin() {
    return value("error_description").map(EXPIRED::equals).orElse(false);
  }

  private String error() {
    return errorCode() + description();
  }

  private String errorCode() {
    return value("error").filter(it -> ERROR.matcher(it).matches()).orElse("(unreadable)");
  }

  private String description() {
    return value("error_description")
        .map(it -> it.replaceAll("[^\\x20-\\x7E]", "?"))
        .map(it -> it.substring(0, Math.min(it.length(), MAX_LOGGED_CHARACTERS)))
        .map(it -> " (" + it + ")")
        .orElse("");
  }

  // RFC 6749 4.1.2.1, OIDC Core 3.1.2.6, RFC 9101 7
  private static Failure failure(String error) {
    return switch (error) {
      case "login_required",
          "interaction_required",
          "account_selection_required",
          "consent_required" ->
          Failure.LOGIN_REQUIRED;
      case "temporarily_unavailable", "server_error" -> Failure.UNAVAILABLE;
      case "invalid_request",
          "unauthorized_client",
          "unsupported_response_type",
          "invalid_scope",
          "invalid_request_uri",
          "invalid_request_object",
          "request_not_supported",
          "request_uri_not_supported" ->
          Failure.MISCONFIGURED;
      default -> Failure.DENIED;
    };
  }

  @Override
  public String toString() {
    return "AuthorizationResponse" + parameters.keySet();
  }
}
