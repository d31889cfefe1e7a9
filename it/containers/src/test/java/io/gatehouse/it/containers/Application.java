package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.ServerProcess;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The application on the container of the moment: how it is made, and how it is reached. */
final class Application {
  static final String CONTEXT = "bare";

  /** The port that the build has reserved for the container. */
  static final int PORT = Integer.getInteger("container.port", 0);

  static final String AUTHORITY = "localhost:" + PORT;

  private static final int MAX_MILLISECONDS = 20_000;

  private Application() {}

  /** The application of all tests. */
  static WebArchive archive() {
    return archive("bare.war", CONTEXT, Map.of());
  }

  /**
   * Another one.
   *
   * @param source its WAR among the servers
   * @param context its context path, without the slash
   * @param overrides properties that are set over those that log in at the stand-in
   */
  static WebArchive archive(String source, String context, Map<String, String> overrides) {
    var properties = new HashMap<>(LoginServer.settings());
    properties.putAll(overrides);
    var file = ServerProcess.directory().resolveSibling("it").resolve(context + ".war");
    var archive =
        ShrinkWrap.create(ZipImporter.class, context + ".war")
            .importFrom(ConfiguredWar.create(source, file, properties).toFile())
            .as(WebArchive.class);
    Container.descriptors(context)
        .forEach((name, text) -> archive.addAsWebInfResource(new StringAsset(text), name));
    return archive;
  }

  static String publicUrl() {
    return "http://" + AUTHORITY + "/" + CONTEXT;
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
   * @param target as it is to stand in the request, with the context path
   */
  static String raw(String method, String target, String... headers) {
    try (var socket = send(method, target, headers)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line of the answer, and no more: for a request whose body never comes. */
  static String rawStatus(String method, String target, String... headers) {
    try (var socket = send(method, target, headers);
        var reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      return String.valueOf(reader.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The answer to whatever a socket can send, as far as it comes.
   *
   * @param message all of the request but the line and the header that end it
   * @param body what follows it, well-formed or not
   */
  static String rawMessage(String message, String body) {
    try (var socket = send(message + "\r\nConnection: close\r\n\r\n" + body)) {
      return untilItEnds(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The beginning of the answer to such a request, for which nobody has to read its body. */
  static String firstAnswer(String message, String body) {
    try (var socket = send(message + "\r\n\r\n" + body)) {
      var buffer = new byte[8192];
      var length = socket.getInputStream().read(buffer);
      return new String(buffer, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A server that does not read a body to its end may reset the connection after its answer.
  private static String untilItEnds(Socket socket) throws IOException {
    var answer = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(answer);
    } catch (SocketException reset) {
      // then this is all of it
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  private static Socket send(String method, String target, String... headers) throws IOException {
    var lines = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    lines.append("Host: ").append(AUTHORITY).append("\r\n");
    for (var header : headers) {
      lines.append(header).append("\r\n");
    }
    return send(lines.append("Connection: close\r\n\r\n").toString());
  }

  private static Socket send(String message) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), PORT);
    socket.setSoTimeout(MAX_MILLISECONDS);
    try {
      socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException refused) {
      // in the middle of the body; what was answered may still be there to read
    }
    return socket;
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
