package io.gatehouse.internal.access;

/**
 * The pages that need no login: a rule for users takes precedence over a public path.
 *
 * @param paths the public paths
 * @param rules the rules for users of paths
 */
public record PublicPages(PublicPaths paths, AccessRules rules) {
  /** Returns whether a path needs no login. */
  public boolean contains(String path) {
    return paths.contains(path) && !rules.concern(path);
  }
}
