package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The application on the container of the moment: how it is made, and how it is reached. */
final class Application {
  static final String CONTEXT = "bare";

  /** The port that the build has reserved for the container. */
  static final int PORT = Integer.getInteger("container.port", 0);

  private static final int MOST_MILLISECONDS = 20_000;

  private Application() {}

  /** The application of all tests. */
  static WebArchive archive() {
    return archive("bare.war", Map.of());
  }

  /**
   * Another one at the same context path.
   *
   * @param source its WAR among the servers
   * @param overrides properties that are set over those that log in at the stand-in
   */
  static WebArchive archive(String source, Map<String, String> overrides) {
    var properties = new HashMap<>(LoginServer.settings());
    properties.putAll(overrides);
    var file = ServerProcess.directory().resolveSibling("it").resolve(CONTEXT + ".war");
    return ShrinkWrap.create(ZipImporter.class, CONTEXT + ".war")
        .importFrom(ConfiguredWar.create(source, file, properties).toFile())
        .as(WebArchive.class);
  }

  static String publicUrl() {
    return "http://localhost:" + PORT + "/" + CONTEXT;
  }

  static URI page(String path) {
    return URI.create(publicUrl() + path);
  }

  /** How many requests Gatehouse has let through to the application. */
  static long visits() {
    return Long.parseLong(new Browser().get(page("/visits")).body().strip());
  }

  /**
   * The whole answer to a request that no HTTP client would send.
   *
   * @param path with the context path, as it is to stand in the request
   */
  static String raw(String method, String path, String... headers) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      socket.setSoTimeout(MOST_MILLISECONDS);
      var request =
          "%s %s HTTP/1.1\r\nHost: localhost:%d\r\n%sConnection: close\r\n\r\n"
              .formatted(
                  method,
                  path,
                  PORT,
                  String.join(
                      "", java.util.Arrays.stream(headers).map(it -> it + "\r\n").toList()));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A failed deployment is no failure to some adapters: so who answers is looked at first. */
  static final class Check implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      LoginServer.register(publicUrl());
      var answer = new Browser().get(page("/open/surroundings"));
      assertThat(answer.statusCode()).as("the application is deployed").isEqualTo(200);
      assertThat(answer.body())
          .as("the server that the build has unpacked")
          .contains("server " + System.getProperty("container.server"));
    }
  }
}
