package io.gatehouse.it.cli;

import io.gatehouse.it.servers.Certificates;
import io.gatehouse.it.servers.Command;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.RawAnswer;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.Tomcat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * All servers, started once: the stand-in, which knows its client by the output of {@code register}
 * for a key that {@code keygen} created; a lying server, with TLS and without; and their
 * applications.
 */
final class Surroundings implements AutoCloseable {
  /** The application of the stand-in, and its context path. */
  static final String SHOP = "shop";

  /** An application of the stand-in that has another key. */
  static final String OTHER = "other";

  static final String LIED_TO = "lied-to";
  static final String SECURE = "secure";

  private static final String INVALID_GRANT = "{\"error\":\"invalid_grant\"}";

  private final Path directory = ServerProcess.directory().resolveSibling("it").toAbsolutePath();
  private final int tomcatPort = ServerProcess.freePort();
  private final StandIn verifier;
  private final LyingServer liar = LyingServer.start();
  private final Certificates certificates = Certificates.create(directory.resolve("tls"));
  private final LyingServer secureLiar = LyingServer.start(certificates.right());
  private final Map<String, Map<String, String>> configurations = new HashMap<>();
  private final Tomcat tomcat;

  private Surroundings() {
    var port = ServerProcess.freePort();
    var issuer = "http://127.0.0.1:" + port + "/verifier";
    configurations.put(SHOP, ofVerifier(SHOP, issuer, port));
    configurations.put(OTHER, ofVerifier(OTHER, issuer, port));
    configurations.put(LIED_TO, oidc(LIED_TO, liar.issuer()));
    configurations.put(SECURE, oidc(SECURE, secureLiar.issuer()));
    tomcat =
        Tomcat.start(
            directory.resolve("tomcat"),
            tomcatPort,
            List.of(),
            war(SHOP),
            war(OTHER),
            war(LIED_TO),
            war(SECURE));
    verifier = StandIn.start(directory.resolve("verifier.log"), port, "3.x", List.of(clients()));
    for (var server : List.of(liar, secureLiar)) {
      beRight(server);
    }
    tomcat.awaitPage(page(SECURE, "/gatehouse/jwks"));
    verifier.await();
  }

  private Map<String, String> ofVerifier(String context, String issuer, int port) {
    var key = newKey(context);
    return Map.of(
        "gatehouse.provider",
        "verifier",
        "gatehouse.issuer",
        issuer,
        "gatehouse.id-token.issuer",
        "http://127.0.0.1:" + port,
        "gatehouse.signing-key",
        key,
        "gatehouse.public-url",
        publicUrl(context));
  }

  private Map<String, String> oidc(String context, String issuer) {
    return Map.of(
        "gatehouse.provider",
        "oidc",
        "gatehouse.issuer",
        issuer,
        "gatehouse.client-id",
        context,
        "gatehouse.signing-key",
        newKey(context),
        "gatehouse.http.timeout",
        "2s",
        "gatehouse.public-url",
        publicUrl(context));
  }

  private String newKey(String name) {
    var file = directory.resolve(name + ".pem");
    var made = Command.runProcess("keygen", "--force", file.toString());
    if (made.exitCode() != 0) {
      throw new IllegalStateException(made.err());
    }
    return file.toUri().toString();
  }

  private Path war(String context) {
    return ConfiguredWar.create(
        "bare.war", directory.resolve(context + ".war"), configuration(context));
  }

  // The stand-in reads YAML as the Verifier does, both by Spring; only the name above is another.
  private String clients() {
    var entry = Command.runWith(configuration(SHOP), "register", "--for", "verifier");
    if (entry.exitCode() != 0) {
      throw new IllegalStateException(entry.err());
    }
    try {
      var file = directory.resolve("clients.yaml");
      Files.writeString(file, "standin:\n" + entry.out().indent(2));
      return "--spring.config.additional-location=" + file.toUri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String publicUrl(String context) {
    return "http://localhost:" + tomcatPort + "/" + context;
  }

  /**
   * Makes a lying server give valid answers, also to a client that only asks whether it is known.
   */
  static void beRight(LyingServer server) {
    server.beHonest();
    server.answer(LyingServer.Endpoint.TOKEN, RawAnswer.json(400, INVALID_GRANT));
  }

  URI page(String context, String path) {
    return URI.create(publicUrl(context) + path);
  }

  /** Returns the valid configuration with which an application runs. */
  Map<String, String> configuration(String context) {
    var all = new HashMap<>(Map.copyOf(configurations.getOrDefault(context, Map.of())));
    if (context.equals(SECURE)) {
      all.put("gatehouse.http.truststore", certificates.trustStore());
      all.put("gatehouse.http.truststore-password", Certificates.PASSWORD);
    }
    return all;
  }

  LyingServer liar() {
    return liar;
  }

  LyingServer secureLiar() {
    return secureLiar;
  }

  Certificates certificates() {
    return certificates;
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    liar.close();
    secureLiar.close();
    tomcat.close();
    verifier.close();
  }

  /** Gives tests the servers, and closes them after the last test. */
  static final class Parameter implements ParameterResolver {
    private static final ExtensionContext.Namespace ALL =
        ExtensionContext.Namespace.create(Surroundings.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Surroundings.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ALL)
          .getOrComputeIfAbsent(Surroundings.class, it -> new Surroundings(), Surroundings.class);
    }
  }
}
