package io.gatehouse.it.cluster;

import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.nio.file.Path;

/**
 * One of two nodes: where it is, and where the other one finds it.
 *
 * @param hazelcastPort for the application's own Hazelcast, where the server has none
 */
record Node(String name, Path directory, int port, int clusterPort, int hazelcastPort) {
  static Node create(String name, Path directory) {
    return new Node(
        name,
        directory.resolve(name),
        ServerProcess.freePort(),
        ServerProcess.freePort(),
        ServerProcess.freePort());
  }

  /** Where the proxy finds it. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
