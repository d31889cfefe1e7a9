package io.gatehouse.standin.filter;

import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.state.Calls;
import io.gatehouse.standin.state.LastTokenRequest;
import io.gatehouse.standin.strict.TokenRequestRules;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts each call and records the last token request, before any later filter can refuse it. */
final class Observation extends OncePerRequestFilter {

  private final Settings settings;
  private final Calls calls;
  private final LastTokenRequest lastTokenRequest;
  private final TokenRequestRules tokenRequestRules;

  Observation(
      Settings settings,
      Calls calls,
      LastTokenRequest lastTokenRequest,
      TokenRequestRules tokenRequestRules) {
    this.settings = settings;
    this.calls = calls;
    this.lastTokenRequest = lastTokenRequest;
    this.tokenRequestRules = tokenRequestRules;
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
      // Spring answers 401 without a report.
      calls.refused("token request: client_assertion is missing");
    }
    if ("refresh_token".equals(request.getParameter("grant_type"))) {
      calls.count(Calls.Endpoint.REFRESH);
      return;
    }
    calls.count(Calls.Endpoint.TOKEN);
    if (settings.strict()) {
      tokenRequestRules.violations(request).forEach(calls::violated);
    }
  }
}
