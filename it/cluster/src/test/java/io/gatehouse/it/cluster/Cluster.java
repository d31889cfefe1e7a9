package io.gatehouse.it.cluster;

import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Two nodes of one application, the proxy in front of them, and a Verifier with short-lived access
 * tokens and refresh tokens that can be used once.
 */
final class Cluster implements AutoCloseable {
  /** The lifetime of an access token; a refresh is due after half of it. */
  static final Duration TOKEN_LIFE = Duration.ofSeconds(12);

  private static final String CLIENT_ID = "cluster";

  private final ServerKind kind;
  private final StandIn verifier;
  private final RoundRobinProxy proxy = new RoundRobinProxy();
  private final Node a;
  private final Node b;
  private final Map<Node, ServerProcess> processes = new HashMap<>();
  private final ClientKey first;
  private final ClientKey second;
  private List<String> keys;

  private Cluster(ServerKind kind, StandIn verifier, Path directory) {
    this.kind = kind;
    this.verifier = verifier;
    this.a = Node.create("a", directory);
    this.b = Node.create("b", directory);
    this.first = ClientKey.create(directory.resolve("first.pem"));
    this.second = ClientKey.create(directory.resolve("second.pem"));
    this.keys = List.of(key("signing-key", first), key("signing-key-next", second));
  }

  /**
   * Starts all of them, and waits until both nodes answer.
   *
   * @param overrides options of the nodes, in addition to the required ones
   */
  static Cluster start(ServerKind kind, Path directory, String... overrides) {
    var verifier =
        StandIn.start(
            directory.resolve("standin.log"),
            ServerProcess.freePort(),
            "2.x",
            List.of(
                "--standin.strict=true",
                "--standin.log-out=true",
                "--standin.rotate-refresh-tokens=true",
                "--standin.access-token-lifetime=" + TOKEN_LIFE.toSeconds() + "s"));
    var cluster = new Cluster(kind, verifier, directory);
    cluster.start(cluster.a, List.of(overrides));
    cluster.await(cluster.a);
    cluster.start(cluster.b, List.of(overrides));
    cluster.await(cluster.b);
    verifier.await().registerKeys(CLIENT_ID, "ES256", cluster.publicUrl());
    cluster.proxy.sendTo(cluster.a, cluster.b);
    return cluster;
  }

  private static String key(String property, ClientKey key) {
    return "-Dgatehouse." + property + "=" + key.location();
  }

  private void start(Node node, List<String> overrides) {
    var settings =
        new ArrayList<>(
            List.of(
                "-Dgatehouse-test.node=" + node.name(),
                "-Dgatehouse.issuer=" + verifier.issuer(),
                "-Dgatehouse.public-url=" + publicUrl(),
                "-Dgatehouse.http.timeout=5s"));
    settings.addAll(keys);
    settings.addAll(overrides); // of two properties with one name, the later takes precedence
    processes.put(node, kind.start(node, other(node), settings));
  }

  private void await(Node node) {
    process(node).awaitAnswer(URI.create(node.address() + "/cluster/"));
  }

  private Node other(Node node) {
    return node.equals(a) ? b : a;
  }

  Node a() {
    return a;
  }

  Node b() {
    return b;
  }

  StandIn verifier() {
    return verifier;
  }

  RoundRobinProxy proxy() {
    return proxy;
  }

  String publicUrl() {
    return "http://localhost:" + proxy.port() + "/cluster";
  }

  /** Returns a page of the application, through the proxy. */
  URI page(String path) {
    return URI.create(publicUrl() + path);
  }

  ServerProcess process(Node node) {
    return Objects.requireNonNull(processes.get(node));
  }

  /** Ends a node as a crash would. */
  void kill(Node node) {
    process(node).kill();
  }

  /** Starts a node again after it has ended, and waits until it answers. */
  void startAgain(Node node, String... overrides) {
    process(node).close();
    start(node, List.of(overrides));
    await(node);
  }

  /**
   * Makes each node sign with the second key, which was already published, from its next start on.
   */
  void changeKeys() {
    keys = List.of(key("signing-key", second), key("signing-key-previous", first));
  }

  @Override
  public void close() {
    processes.values().forEach(ServerProcess::kill);
    proxy.close();
    verifier.close();
  }
}
