package io.gatehouse.it.servers.container;

import java.nio.file.Path;

/**
 * An application and its context path in a container.
 *
 * @param war the file; its name has no meaning
 * @param contextPath empty for the root, otherwise with a leading slash
 */
public record Deployed(Path war, String contextPath) {
  public Deployed {
    if (!contextPath.isEmpty() && !contextPath.startsWith("/")) {
      throw new IllegalArgumentException("no context path: " + contextPath);
    }
  }

  /** Returns a name for files: {@code ROOT}, or the context path with each slash replaced. */
  String name(String slash) {
    return contextPath.isEmpty() ? "ROOT" : contextPath.substring(1).replace("/", slash);
  }
}
