package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.FakeUser;
import io.gatehouse.filter.FakeRequest;
import io.gatehouse.internal.access.Constraint.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules decide as the containers' own authenticators do by the {@code <security-constraint>}s that
 * docs/access-rules.md translates into them. Where a constraint leaves a method open, a rule may be
 * stricter.
 */
@Tag("case-110")
class AuthenticatorsTest {
  private static final int SETS = 60;

  static Stream<Named<Function<List<Constraint>, Authenticator>>> containers() {
    return Stream.of(
        Named.of("Tomcat", TomcatAuthenticator::new),
        Named.of("Undertow", UndertowAuthenticator::new));
  }

  @ParameterizedTest
  @MethodSource("containers")
  void rulesAnswerAsTheContainerDoes(Function<List<Constraint>, Authenticator> container) {
    var random = new Random(1308);
    var differences = new ArrayList<String>();
    var compared = 0;
    for (int i = 0; i < SETS; i++) {
      var constraints = Constraint.some(random);
      var rules = rules(constraints);
      try (var authenticator = container.apply(constraints)) {
        for (var path : Constraint.PATHS) {
          var method = Constraint.METHODS.get(random.nextInt(Constraint.METHODS.size()));
          for (var user : Authenticator.USERS) {
            var theirs = authenticator.status(method, path, user);
            var ours = status(rules, method, path, user);
            compared++;
            if (theirs != ours
                && !(theirs == 200 && isLeftOpen(constraints, method, path))
                && !(theirs == 403 && ours == 401)) { // closed to everyone: the login comes first
              differences.add(
                  "%s %s by %s: %d, and by the rules %d, with %s"
                      .formatted(method, path, user, theirs, ours, constraints));
            }
          }
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isEqualTo(SETS * Constraint.PATHS.size() * Authenticator.USERS.size());
  }

  private static int status(AccessRules rules, String method, String path, String user) {
    var needed = rules.of(FakeRequest.of(method, path).http());
    if (needed.isPublic()) {
      return 200;
    }
    if (user.equals(Authenticator.STRANGER)) {
      return 401;
    }
    return needed.isMetByRolesOf(user(user)) ? 200 : 403;
  }

  private static AuthenticatedUser user(String name) {
    var roles = Constraint.ROLES.contains(name) ? Set.of(name) : Set.<String>of();
    return new FakeUser(name, roles);
  }

  // The table of docs/access-rules.md, method by method.
  private static AccessRules rules(List<Constraint> constraints) {
    var open = new LinkedHashMap<RequestPattern, Boolean>();
    var loggedIn = new LinkedHashMap<RequestPattern, Boolean>();
    var roles = new LinkedHashMap<RequestPattern, Set<String>>();
    for (var pattern : patterns(constraints)) {
      for (var method : Constraint.METHODS) {
        var request = RequestPattern.parse(method + ":" + pattern).orElseThrow();
        switch (access(constraints, pattern, method).orElse(Access.OPEN)) {
          case OPEN -> {
            if (access(constraints, pattern, method).isPresent()) {
              open.put(request, true);
            }
          }
          case ANY_USER -> loggedIn.put(request, true);
          case ANY_ROLE -> roles.put(request, Set.of(Requirement.ANY_ROLE));
          case CLOSED -> roles.put(request, Set.of("none"));
          case ROLES -> roles.put(request, roles(constraints, pattern, method));
        }
      }
    }
    return new AccessRules(
        new AccessRules.RuleSet(
            new PathRules<>(open),
            true,
            new PathRules<>(loggedIn),
            new PathRules<>(roles),
            new PathRules<>(Map.of()),
            new PathRules<>(Map.of())),
        WelcomeFiles.USUAL);
  }

  private static Set<String> patterns(List<Constraint> constraints) {
    return constraints.stream()
        .flatMap(it -> it.patterns().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Constraint> of(List<Constraint> constraints, String pattern, String method) {
    return constraints.stream()
        .filter(it -> it.patterns().contains(pattern) && it.holdsFor(method))
        .toList();
  }

  // Servlet 6.0 section 13.8.1: combining constraints
  private static Optional<Access> access(
      List<Constraint> constraints, String pattern, String method) {
    var kinds = of(constraints, pattern, method).stream().map(Constraint::access).toList();
    for (var kind : List.of(Access.CLOSED, Access.OPEN, Access.ANY_USER, Access.ANY_ROLE)) {
      if (kinds.contains(kind)) {
        return Optional.of(kind);
      }
    }
    return kinds.stream().findFirst();
  }

  private static Set<String> roles(List<Constraint> constraints, String pattern, String method) {
    return of(constraints, pattern, method).stream()
        .flatMap(it -> it.roles().stream())
        .collect(Collectors.toSet());
  }

  // The most exact pattern has a constraint, but none for this method; or one that opens and one
  // that closes, of which Undertow follows the first and Servlet 6.0 section 13.8.1 the second.
  private static boolean isLeftOpen(List<Constraint> constraints, String method, String path) {
    return patterns(constraints).stream()
        .map(PathPattern::new)
        .filter(it -> it.matches(path))
        .max((one, other) -> Integer.compare(one.exactness(), other.exactness()))
        .map(it -> of(constraints, it.text(), method).stream().map(Constraint::access).toList())
        .map(it -> it.isEmpty() || it.containsAll(List.of(Access.OPEN, Access.CLOSED)))
        .orElse(false);
  }
}
