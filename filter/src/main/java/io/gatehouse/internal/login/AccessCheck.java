package io.gatehouse.internal.login;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.PageNames;
import io.gatehouse.internal.access.RequestPath;
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
    if (rules.isEmpty()) {
      return true;
    }
    var path = RequestPath.of(request);
    if (path.isAmbiguous()) {
      problems.sendAmbiguous(request, response);
      return false;
    }
    var names = PageNames.of(path, request);
    for (var name : names) {
      if (!rules.hasRole(name, user)) {
        problems.sendRoleMissing(request, response, landing.url(request));
        return false;
      }
    }
    for (var name : names) {
      if (!isLoggedInWellEnough(name, user)) {
        stepUp(request, response, path);
        return false;
      }
    }
    return true;
  }

  /** Returns whether a user may see the page at a path. */
  public boolean allows(AuthenticatedUser user, String path) {
    return rules.hasRole(path, user) && isLoggedInWellEnough(path, user);
  }

  /** Returns whether the page of a request has any requirement, under one of its names. */
  public boolean concerns(RequestPath path, HttpServletRequest request) {
    return !rules.isEmpty() && PageNames.of(path, request).stream().anyMatch(rules::concern);
  }

  private boolean isLoggedInWellEnough(String name, AuthenticatedUser user) {
    return rules.isLoggedInWellEnough(name, user, clock.instant(), clockSkew);
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
