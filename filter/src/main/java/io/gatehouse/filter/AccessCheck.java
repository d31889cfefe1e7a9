package io.gatehouse.filter;

import io.gatehouse.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * Holds a logged-in user's request against what its path asks for, and answers it if it falls
 * short.
 */
final class AccessCheck {
  private final AccessRules rules;
  private final LoginRedirect loginRedirect;
  private final Problems problems;
  private final Landing landing;
  private final Duration clockSkew;
  private final Clock clock;

  AccessCheck(
      AccessRules rules,
      LoginRedirect loginRedirect,
      Problems problems,
      Landing landing,
      Duration clockSkew,
      Clock clock) {
    this.rules = rules;
    this.loginRedirect = loginRedirect;
    this.problems = problems;
    this.landing = landing;
    this.clockSkew = clockSkew;
    this.clock = clock;
  }

  /** Whether the request may go on to the application; if not, it is answered. */
  boolean admits(AuthenticatedUser user, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (rules.isEmpty()) {
      return true;
    }
    var path = RequestPath.of(request);
    if (path.isAmbiguous()) {
      problems.sendAmbiguous(request, response);
      return false;
    }
    var concerned = path.concernedBy(rules);
    if (!rules.hasRole(concerned, user)) {
      problems.sendRoleMissing(request, response, landing.url(request));
      return false;
    }
    if (!rules.isLoggedInWellEnough(concerned, user, clock.instant(), clockSkew)) {
      stepUp(request, response, path);
      return false;
    }
    return true;
  }

  private void stepUp(HttpServletRequest request, HttpServletResponse response, RequestPath path)
      throws IOException {
    if (Navigation.isOf(request)) {
      loginRedirect.begin(request, response, path);
    } else {
      problems.sendStepUpNeeded(request, response);
    }
  }
}
