package io.gatehouse.standin.strict;

import io.gatehouse.standin.state.Authorizations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Rules for the token request that redeems a code. */
public final class TokenRequestRules {

  private static final OAuth2TokenType CODE = new OAuth2TokenType("code");

  private final Authorizations authorizations;

  public TokenRequestRules(Authorizations authorizations) {
    this.authorizations = authorizations;
  }

  /** Returns a text for each rule that is broken. */
  public List<String> violations(HttpServletRequest request) {
    // RFC 6749, 4.1.3; Spring refuses the request, and this rule only records the violation
    return redirectUriIsTheSame(request) ? List.of() : List.of("token request: redirect_uri");
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
