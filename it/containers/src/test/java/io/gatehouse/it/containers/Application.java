package io.gatehouse.it.containers;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.Deployed;
import io.gatehouse.it.servers.container.WarFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * An application on the current container, with its WAR and its addresses.
 *
 * @param context its context path, without the slash
 * @param key its signing key, by which the authorization server knows it
 * @param port of the container
 */
public record Application(String context, ClientKey key, int port) {
  /** The directory of all files that the servers of this process read and write. */
  static final Path DIRECTORY =
      ServerProcess.directory()
          .resolveSibling("it")
          .resolve(ContainerServer.name() + "-" + System.getProperty("fork", "1"))
          .toAbsolutePath();

  /** The port of the container that all tests share. */
  public static final int PORT = ServerProcess.freePort();

  static final String AUTHORITY = "localhost:" + PORT;

  /** The bare application, with only the properties that a login needs. */
  static final Application BARE = Application.at("bare");

  /** The bare application, with its public URL. */
  public static final Application PATHS = Application.at("paths");

  /** Returns an application on the container that all tests share. */
  public static Application at(String context) {
    return at(context, PORT);
  }

  /** Creates an application on a container that a test starts itself. */
  static Application at(String context, int port) {
    var file = DIRECTORY.resolve("keys/" + context + ".pem");
    return new Application(context, ClientKey.create(file), port);
  }

  /**
   * Builds the WAR from the bare application.
   *
   * @param overrides properties that replace those for a login at the stand-in
   */
  WarFile war(Map<String, String> overrides) {
    return war("bare.war", overrides);
  }

  /**
   * Builds the WAR.
   *
   * @param source its WAR among the servers
   * @param overrides properties that replace those for a login at the stand-in
   */
  public WarFile war(String source, Map<String, String> overrides) {
    var properties = new HashMap<>(Servers.settings());
    properties.put("gatehouse.signing-key", key.location());
    properties.putAll(overrides);
    var file = DIRECTORY.resolve("wars/" + context + ".war");
    return new WarFile(ConfiguredWar.create(source, file, properties));
  }

  /** Returns the WAR with the context path. */
  public Deployed deployed(WarFile war) {
    return new Deployed(war.path(), path());
  }

  /** Returns the application's client id at the authorization server. */
  public String clientId() {
    return key.didKey();
  }

  /** Returns the context path, with the slash. */
  public String path() {
    return "/" + context;
  }

  /** Returns the address of the application. */
  public String publicUrl() {
    return "http://localhost:" + port + path();
  }

  /** Returns the address of a page. */
  public URI page(String path) {
    return URI.create(publicUrl() + path);
  }

  /** Returns the number of requests that Gatehouse has let through to the application. */
  long visits() {
    return Long.parseLong(new Browser().get(page("/visits")).body().strip());
  }
}
