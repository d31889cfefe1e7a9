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
 * The beans {@link Tokens} and {@link AuthenticatedUser}, of whoever makes the current request. An
 * application injects them anywhere, also into what lives longer than a request; their first use
 * within a request looks for the session, and throws {@link LoginNeededException} if nobody is
 * logged in, from which the filter begins a log-in.
 *
 * <p>They have no name for EL: {@code user} and {@code tokens} are names that applications have
 * beans of their own under, and two beans of one name stop a deployment (CDI 4.0 section 5.3.1). EL
 * has {@code sessionScope['gatehouse.tokens']} and {@code request.userPrincipal}.
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

  // Typed: as a Principal it would be a second bean beside the built-in one (CDI 4.0 section 3.8).
  @Produces
  @RequestScoped
  @Typed(AuthenticatedUser.class)
  static AuthenticatedUser user(Tokens tokens) {
    return tokens.user();
  }
}
