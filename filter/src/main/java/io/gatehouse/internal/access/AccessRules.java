package io.gatehouse.internal.access;

import io.gatehouse.AuthenticatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What some paths ask of a user beyond being logged in: a role, or to have logged in in a certain
 * way and not long ago.
 *
 * @param roles one of these roles
 * @param acrs one of these {@code acr} values (OpenID Connect Core 1.0 section 2)
 * @param maxAges a log-in at the server that is no older
 */
public record AccessRules(
    PathRules<Set<String>> roles, PathRules<List<String>> acrs, PathRules<Duration> maxAges) {

  public boolean isEmpty() {
    return roles.isEmpty() && acrs.isEmpty() && maxAges.isEmpty();
  }

  /** Whether a path asks for anything, and so for a log-in. */
  public boolean concern(String decodedPath) {
    return !isEmpty()
        && (roles.at(decodedPath).isPresent()
            || acrs.at(decodedPath).isPresent()
            || maxAges.at(decodedPath).isPresent());
  }

  /** Whether the user has a role that the path asks for. */
  public boolean hasRole(String decodedPath, AuthenticatedUser user) {
    return roles.at(decodedPath).map(it -> !Collections.disjoint(it, user.roles())).orElse(true);
  }

  /** Whether the user logged in as the path asks for. */
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
