package io.gatehouse.it.servers.container;

import java.nio.file.Path;

/**
 * An application and where a server has it.
 *
 * @param war the file; its name is of no meaning
 * @param contextPath empty for the root, or else with a slash in front
 */
public record Deployed(Path war, String contextPath) {
  public Deployed {
    if (!contextPath.isEmpty() && !contextPath.startsWith("/")) {
      throw new IllegalArgumentException("no context path: " + contextPath);
    }
  }

  /** A name for files: {@code ROOT}, or the context path with another letter for each slash. */
  String name(String slash) {
    return contextPath.isEmpty() ? "ROOT" : contextPath.substring(1).replace("/", slash);
  }
}
