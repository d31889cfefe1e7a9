package io.gatehouse.standin.endpoint;

import io.gatehouse.standin.state.Calls;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ErrorAuthenticationFailureHandler;

/** Error responses of the token endpoint, and the reasons that tests read. */
final class TokenRefusals {

  private final OAuth2ErrorAuthenticationFailureHandler standard =
      new OAuth2ErrorAuthenticationFailureHandler();
  private final OAuth2ErrorHttpMessageConverter errors = new OAuth2ErrorHttpMessageConverter();
  private final Calls calls;

  TokenRefusals(Calls calls) {
    this.calls = calls;
  }

  /** Refuses a client whose authentication failed, as Spring does (RFC 6749, 5.2). */
  void unauthenticated(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    var error = error(e);
    calls.refused("client authentication: " + reason(error, e));
    response.setStatus(
        error.getErrorCode().equals(OAuth2ErrorCodes.INVALID_CLIENT)
            ? HttpStatus.UNAUTHORIZED.value()
            : HttpStatus.BAD_REQUEST.value());
    errors.write(
        new OAuth2Error(error.getErrorCode()), null, new ServletServerHttpResponse(response));
  }

  /** Refuses the grant. */
  void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException, ServletException {
    var error = error(e);
    // An unknown or expired refresh token gets 403 and no body, where Spring answers invalid_grant.
    // A client cannot know that its login has ended, so the client broke no rule.
    if (isRefresh(request) && error.getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)) {
      response.setStatus(HttpStatus.FORBIDDEN.value());
      return;
    }
    calls.refused("token request: " + reason(error, e));
    standard.onAuthenticationFailure(request, response, e);
  }

  private static OAuth2Error error(AuthenticationException e) {
    return e instanceof OAuth2AuthenticationException oauth
        ? oauth.getError()
        : new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST);
  }

  private static String reason(OAuth2Error error, AuthenticationException e) {
    var cause = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
    return error.getErrorCode() + (cause == null ? "" : ": " + cause);
  }

  private static boolean isRefresh(HttpServletRequest request) {
    return "refresh_token".equals(request.getParameter("grant_type"));
  }
}
