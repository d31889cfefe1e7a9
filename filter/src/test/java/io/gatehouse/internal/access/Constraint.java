package io.gatehouse.internal.access;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A {@code <security-constraint>} (Servlet 6.0 section 13.8).
 *
 * @param patterns the URL patterns
 * @param methods the HTTP methods; empty for all
 * @param areOmitted whether the constraint holds for all other methods
 * @param access the {@code <auth-constraint>}
 * @param roles its roles
 */
record Constraint(
    Set<String> patterns,
    Set<String> methods,
    boolean areOmitted,
    Access access,
    Set<String> roles) {
  /** The kinds of {@code <auth-constraint>}. */
  enum Access {
    /** None: open to everyone. */
    OPEN,
    /** The named roles. */
    ROLES,
    /** {@code *}: any role of web.xml. */
    ANY_ROLE,
    /** {@code **}: any user. */
    ANY_USER,
    /** An empty one: closed to everyone. */
    CLOSED
  }

  static final List<String> ROLES = List.of("boss", "clerk");
  static final List<String> METHODS = List.of("GET", "POST", "PUT");

  private static final List<String> PATTERNS =
      List.of("/*", "/a/*", "/a/b/*", "/a/b/c", "/a/x.do", "/d", "*.do");

  /** The paths of requests: of each pattern, and beside it. */
  static final List<String> PATHS =
      List.of("/a", "/a/b", "/a/b/c", "/a/b/d.do", "/a/x.do", "/x.do", "/d", "/d/e", "/f", "/ab");

  /** Returns constraints of which each pattern occurs once or twice. */
  static List<Constraint> some(Random random) {
    return IntStream.rangeClosed(1, 1 + random.nextInt(4)).mapToObj(it -> one(random)).toList();
  }

  private static Constraint one(Random random) {
    var access = Access.values()[random.nextInt(Access.values().length)];
    var areOmitted = random.nextInt(4) == 0;
    var methods = areOmitted || random.nextInt(3) == 0 ? few(METHODS, random) : Set.<String>of();
    return new Constraint(
        few(PATTERNS, random),
        methods,
        areOmitted,
        access,
        access == Access.ROLES ? few(ROLES, random) : Set.of());
  }

  private static Set<String> few(List<String> all, Random random) {
    var some = new TreeSet<String>();
    for (int i = 0; i < 1 + random.nextInt(2); i++) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }

  boolean holdsFor(String method) {
    return methods.isEmpty() || methods.contains(method) != areOmitted;
  }
}
