package io.gatehouse.cdi;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.LoginNeededException;
import io.gatehouse.Tokens;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Produces the beans {@link Tokens} and {@link AuthenticatedUser} for the user of the current
 * request. An application injects them anywhere, also into beans that live longer than a request.
 * Their first use within a request looks for the session, and throws {@link LoginNeededException}
 * if no user is logged in; the filter then starts a login.
 *
 * <p>The beans have no EL name: applications name beans of their own {@code user} and {@code
 * tokens}, and two beans of one name stop a deployment (CDI 4.0 section 5.3.1). EL has {@code
 * sessionScope['gatehouse.tokens']} and {@code request.userPrincipal}.
 */
@Dependent
final class RequestBeans {
  @Produces
  @RequestScoped
  @Typed(Tokens.class)
  static Tokens tokens(HttpServletRequest request) {
    return Tokens.of(request)
        .orElseThrow(() -> new LoginNeededException("nobody is logged in on this request"));
  }

  // Typed: as a Principal, the user would be a second bean beside the built-in one (CDI 4.0 section
  // 3.8).
  @Produces
  @RequestScoped
  @Typed(AuthenticatedUser.class)
  static AuthenticatedUser user(Tokens tokens) {
    return tokens.user();
  }
}
