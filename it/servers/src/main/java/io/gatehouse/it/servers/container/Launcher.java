package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts a container as a process on 127.0.0.1, and does not wait for it. */
interface Launcher {
  /**
   * Starts the container; an application that cannot be deployed does not prevent the others.
   *
   * @param directory for all its files
   * @param port the port for HTTP/1.1 and, if the container supports it, HTTP/2 in clear
   */
  ServerProcess start(Path directory, int port, List<Deployed> applications) throws IOException;
}
