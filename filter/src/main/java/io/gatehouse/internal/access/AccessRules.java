package io.gatehouse.internal.access;

import io.gatehouse.AuthenticatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The requirements of paths beyond being logged in: a role, or a login of a certain kind and age.
 *
 * @param roles the roles of which the user must have one
 * @param acrs the {@code acr} values of which the login must have one (OpenID Connect Core 1.0
 *     section 2)
 * @param maxAges the maximum age of the login at the authorization server
 */
public record AccessRules(
    PathRules<Set<String>> roles, PathRules<List<String>> acrs, PathRules<Duration> maxAges) {

  public boolean isEmpty() {
    return roles.isEmpty() && acrs.isEmpty() && maxAges.isEmpty();
  }

  /** Returns whether a path has any requirement, and so requires a login. */
  public boolean concern(String decodedPath) {
    return !isEmpty()
        && (roles.at(decodedPath).isPresent()
            || acrs.at(decodedPath).isPresent()
            || maxAges.at(decodedPath).isPresent());
  }

  /** Returns whether the user has a role that the path requires. */
  public boolean hasRole(String decodedPath, AuthenticatedUser user) {
    return roles.at(decodedPath).map(it -> !Collections.disjoint(it, user.roles())).orElse(true);
  }

  /** Returns whether the user's login satisfies the path's requirements. */
  public boolean isLoggedInWellEnough(
      String decodedPath, AuthenticatedUser user, Instant now, Duration clockSkew) {
    return acrs.at(decodedPath).map(it -> it.contains(acr(user))).orElse(true)
        && maxAges.at(decodedPath).map(it -> isRecent(user, it, now, clockSkew)).orElse(true);
  }

  private static boolean isRecent(
      AuthenticatedUser user, Duration maxAge, Instant now, Duration clockSkew) {
    return authTime(user)
        .filter(it -> !it.plus(maxAge).plus(clockSkew).isBefore(now))
        .filter(it -> !it.isAfter(now.plus(clockSkew)))
        .isPresent();
  }

  private static String acr(AuthenticatedUser user) {
    return user.claims().get("acr") instanceof String it ? it : "";
  }

  private static Optional<Instant> authTime(AuthenticatedUser user) {
    return user.claims().get("auth_time") instanceof Number it
        ? Optional.of(Instant.ofEpochSecond(it.longValue()))
        : Optional.empty();
  }
}
