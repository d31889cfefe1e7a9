package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts a container as a process on 127.0.0.1, and does not wait for it. */
interface Launcher {
  /**
   * Starts the container; an application that it cannot deploy keeps none of the others away.
   *
   * @param directory for all that it writes
   * @param port where it serves HTTP/1.1 and, where it can, HTTP/2 in clear
   */
  ServerProcess start(Path directory, int port, List<Deployed> applications) throws IOException;
}
