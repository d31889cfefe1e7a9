package io.gatehouse.it.containers.doors;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Raw paths that leave an application and lead into it again, or into another one. */
final class LeavingPaths {
  private static final List<String> UP =
      List.of("..", "%2e%2e", "%2e.", ".%2E", "..;", "..;x", "%2e%2e;x=1", "%252e%252e", "..%00");
  private static final List<String> BETWEEN =
      List.of("/", "//", "/./", "%2f", "%2F", "\\", "%5c", "%252f", "/;x/", ";/");
  private static final int MAX_PADDING = 3;

  private LeavingPaths() {}

  /**
   * Lists the paths for one page.
   *
   * @param context empty for the root
   * @param page with a leading slash
   */
  static Set<String> of(String context, String page) {
    var paths = new LinkedHashSet<String>();
    for (var up : UP) {
      add(context, page, up, "/", paths);
    }
    for (var between : BETWEEN) {
      add(context, page, "..", between, paths);
      add(context, page, "%2e%2e", between, paths);
    }
    return paths;
  }

  private static void add(
      String context, String page, String up, String between, Set<String> paths) {
    var depth = Math.max(1, depth(context));
    for (var start : starts(context)) {
      for (var more = 0; more < 2; more++) {
        var ups = start.ups() + depth + more;
        var out = start.path() + between + (up + between).repeat(ups);
        for (var in : returns(context, page)) {
          paths.add(out + in);
        }
      }
    }
  }

  private record Start(String path, int ups) {}

  private static List<Start> starts(String context) {
    return List.of(
        new Start(context, 0),
        new Start(context + "/open", 1),
        new Start(context + "/gatehouse/jwks", 2));
  }

  private static List<String> returns(String context, String page) {
    var returns = new ArrayList<String>();
    if (!context.isEmpty()) {
      returns.add(context.substring(1) + page);
    }
    returns.add(page.substring(1));
    for (var more = -MAX_PADDING; more <= MAX_PADDING; more++) {
      var length = context.length() + more;
      if (length > 0) {
        returns.add("x".repeat(length) + page);
        returns.add("x".repeat(length) + page.substring(1));
      }
    }
    return returns;
  }

  /** Returns the plainest path of all, and a share of the others, beginning at the offset. */
  static Set<String> share(String context, String page, int every, int offset) {
    var some = new LinkedHashSet<String>();
    for (var up : List.of("..", "%2e%2e")) {
      var out = context + "/" + (up + "/").repeat(Math.max(1, depth(context)));
      returns(context, page).forEach(it -> some.add(out + it));
    }
    var all = List.copyOf(of(context, page));
    Stream.iterate(offset % every, it -> it < all.size(), it -> it + every)
        .map(all::get)
        .forEach(some::add);
    return some;
  }

  private static int depth(String context) {
    return (int) context.chars().filter(it -> it == '/').count();
  }
}
