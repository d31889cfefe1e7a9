package io.gatehouse.internal.login;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.access.Requirement;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.Navigation;
import io.gatehouse.internal.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * Checks a logged-in user's request against the requirements of its path, and answers the request
 * if it does not satisfy them.
 */
public final class AccessCheck {
  private final AccessRules rules;
  private final LoginRedirect loginRedirect;
  private final Problems problems;
  private final Landing landing;
  private final Duration clockSkew;
  private final Clock clock;

  public AccessCheck(
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

  /** Returns whether the request may pass to the application; if not, the request is answered. */
  public boolean admits(
      AuthenticatedUser user, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var needed = rules.of(request);
    if (!needed.isMetByRolesOf(user)) {
      // Of a path with several readings, the one of another than the container may be meant.
      if (rules.ofNames(request).isMetByRolesOf(user)) {
        problems.sendAmbiguous(request, response);
      } else {
        problems.sendRoleMissing(request, response, needed.because(), landing.url(request));
      }
      return false;
    }
    if (!needed.canBeMetByLogin()) { // other readings of the path require another kind of login
      problems.sendAmbiguous(request, response);
      return false;
    }
    if (!isLoggedInWellEnough(needed, user)) {
      stepUp(request, response);
      return false;
    }
    return true;
  }

  /** Returns whether a user may see the page at a path. */
  public boolean allows(AuthenticatedUser user, String method, String path) {
    var needed = rules.of(method, path);
    return needed.isMetByRolesOf(user) && isLoggedInWellEnough(needed, user);
  }

  private boolean isLoggedInWellEnough(Requirement needed, AuthenticatedUser user) {
    return needed.isMetByLoginOf(user, clock.instant(), clockSkew);
  }

  private void stepUp(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (Navigation.isOf(request)) {
      loginRedirect.begin(request, response, RequestPath.of(request));
    } else {
      problems.sendStepUpNeeded(request, response);
    }
  }
}
