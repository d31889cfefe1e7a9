package io.gatehouse.internal.access;

/**
 * The pages that need no log-in: what a rule asks of a user wins over a path's being public.
 *
 * @param paths that are public
 * @param rules for the users of paths
 */
public record PublicPages(PublicPaths paths, AccessRules rules) {
  /** Returns whether a path needs no log-in. */
  public boolean contains(String path) {
    return paths.contains(path) && !rules.concern(path);
  }
}
