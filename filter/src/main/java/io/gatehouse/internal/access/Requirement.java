package io.gatehouse.internal.access;

import io.gatehouse.AuthenticatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The requirement of a request: none, a login, or a login with certain roles, of a certain kind and
 * age.
 *
 * @param isPublic whether no login is required
 * @param roles sets of roles, of each of which the user must have one
 * @param acrs lists of {@code acr} values, of each of which the login must have one (OpenID Connect
 *     Core 1.0 section 2)
 * @param maxAge the maximum age of the login at the authorization server
 * @param because the rules that decided, such as {@code required-roles /admin/*}
 */
public record Requirement(
    boolean isPublic,
    List<Set<String>> roles,
    List<List<String>> acrs,
    Optional<Duration> maxAge,
    List<String> because) {
  /** The role that stands for any role of the user. */
  public static final String ANY_ROLE = "*";

  public Requirement {
    roles = List.copyOf(roles);
    acrs = List.copyOf(acrs);
    because = List.copyOf(because);
  }

  /** Returns the requirement of a public page. */
  static Requirement none(List<String> because) {
    return new Requirement(true, List.of(), List.of(), Optional.empty(), because);
  }

  /** Returns whether a rule restricts the request. */
  public boolean isRestricted() {
    return !isPublic && !because.isEmpty();
  }

  /** Returns whether the user has the roles. */
  public boolean isMetByRolesOf(AuthenticatedUser user) {
    for (var some : roles) {
      if (!hasOne(user, some)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasOne(AuthenticatedUser user, Set<String> some) {
    return some.contains(ANY_ROLE)
        ? !user.roles().isEmpty()
        : !Collections.disjoint(some, user.roles());
  }

  /** Returns the {@code acr} values that meet all lists. */
  public List<String> commonAcrs() {
    var common = new ArrayList<>(acrs.isEmpty() ? List.<String>of() : acrs.get(0));
    acrs.forEach(common::retainAll);
    return common;
  }

  /** Returns whether any login can be of the kind. */
  public boolean canBeMetByLogin() {
    return acrs.isEmpty() || !commonAcrs().isEmpty();
  }

  /** Returns whether the user's login is of the kind and age. */
  public boolean isMetByLoginOf(AuthenticatedUser user, Instant now, Duration clockSkew) {
    for (var some : acrs) {
      if (!some.contains(acr(user))) {
        return false;
      }
    }
    return maxAge.isEmpty() || isRecent(user, maxAge.get(), now, clockSkew);
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
