package io.gatehouse.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the applications of this class loader know of their servers: that is one application, where
 * the jar is in {@code WEB-INF/lib}. A health check may be asked on a port of the container's own,
 * where there is no servlet context to look in.
 */
public final class KnownServers {
  private static final List<ServerKnowledge> ALL = new CopyOnWriteArrayList<>();

  private KnownServers() {}

  /** {@return what each application that runs knows; empty if none does} */
  public static List<ServerKnowledge> all() {
    return List.copyOf(ALL);
  }

  /**
   * Adds what an application knows, when it starts. For Gatehouse itself.
   *
   * @param knowledge of that application
   */
  public static void add(ServerKnowledge knowledge) {
    ALL.add(knowledge);
  }

  /**
   * Forgets it, when the application ends. For Gatehouse itself.
   *
   * @param knowledge that was added
   */
  public static void remove(ServerKnowledge knowledge) {
    ALL.remove(knowledge);
  }
}
