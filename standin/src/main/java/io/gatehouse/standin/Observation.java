package io.gatehouse.standin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts each call and keeps the last token request, before anything can refuse it. */
final class Observation extends OncePerRequestFilter {

  private static final OAuth2TokenType CODE = new OAuth2TokenType("code");

  private final Settings settings;
  private final Calls calls;
  private final LastTokenRequest lastTokenRequest;
  private final Authorizations authorizations;

  Observation(
      Settings settings,
      Calls calls,
      LastTokenRequest lastTokenRequest,
      Authorizations authorizations) {
    this.settings = settings;
    this.calls = calls;
    this.lastTokenRequest = lastTokenRequest;
    this.authorizations = authorizations;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    switch (request.getServletPath()) {
      case "/.well-known/openid-configuration" -> calls.count(Calls.Endpoint.DISCOVERY);
      case "/oidc/jwks" -> calls.count(Calls.Endpoint.JWKS);
      case "/oidc/authorize" -> calls.count(Calls.Endpoint.AUTHORIZE);
      case "/oidc/token" -> observeToken(request);
      case "/oidc/revoke" -> calls.count(Calls.Endpoint.REVOKE);
      case "/oidc/logout" -> calls.count(Calls.Endpoint.END_SESSION);
      case "/api/offerings" -> calls.count(Calls.Endpoint.API);
      default -> {}
    }
    chain.doFilter(request, response);
  }

  private void observeToken(HttpServletRequest request) {
    lastTokenRequest.record(request);
    if (request.getParameter("client_assertion") == null) {
      // Spring answers 401 and tells nobody.
      calls.refused("token request: client_assertion is missing");
    }
    if ("refresh_token".equals(request.getParameter("grant_type"))) {
      calls.count(Calls.Endpoint.REFRESH);
      return;
    }
    calls.count(Calls.Endpoint.TOKEN);
    if (settings.strict() && !redirectUriIsTheSame(request)) {
      // RFC 6749, 4.1.3; Spring refuses it, here it is only written down
      calls.violated("token request: redirect_uri");
    }
  }

  private boolean redirectUriIsTheSame(HttpServletRequest request) {
    var code = request.getParameter("code");
    var authorization = code == null ? null : authorizations.findByToken(code, CODE);
    if (authorization == null) {
      return true;
    }
    OAuth2AuthorizationRequest authorized =
        authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
    return authorized == null
        || authorized.getRedirectUri().equals(request.getParameter("redirect_uri"));
  }
}
