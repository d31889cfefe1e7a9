package io.gatehouse.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A registry of what the applications of this class loader know of their authorization servers.
 * With the jar in {@code WEB-INF/lib} that is one application. The registry is static because a
 * health check may be called on a port of the container's own, where no servlet context exists.
 */
public final class KnownServers {
  private static final List<ServerKnowledge> ALL = new CopyOnWriteArrayList<>();

  private KnownServers() {}

  /** {@return the knowledge of each running application; empty if no application runs} */
  public static List<ServerKnowledge> all() {
    return List.copyOf(ALL);
  }

  /**
   * Adds an application's knowledge, at its start. Called by Gatehouse itself.
   *
   * @param knowledge the knowledge of that application
   */
  public static void add(ServerKnowledge knowledge) {
    ALL.add(knowledge);
  }

  /**
   * Removes an application's knowledge, at its end. Called by Gatehouse itself.
   *
   * @param knowledge the knowledge that was added
   */
  public static void remove(ServerKnowledge knowledge) {
    ALL.remove(knowledge);
  }
}
