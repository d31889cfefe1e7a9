package io.gatehouse.it.cluster;

import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.nio.file.Path;

/**
 * One of two nodes, with its address and the ports for the other node.
 *
 * @param hazelcastPort for the application's own Hazelcast, if the container has none
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

  /** Returns the address that the proxy uses. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
