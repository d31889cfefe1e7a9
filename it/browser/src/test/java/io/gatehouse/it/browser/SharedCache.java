package io.gatehouse.it.browser;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's Apache HTTP Server as a proxy with a cache in memory ({@code mod_cache_socache}). A
 * server that root starts gives up root's rights, and could not write into every directory.
 */
final class SharedCache implements AutoCloseable {
  private static final int MAX_TRIES = 200;

  // The default keeps a file for a tenth of its age: less than a second after a deployment.
  // mod_cache does not look at cookies.
  private static final String SETTINGS =
      """
      ServerRoot "/usr/lib/apache2"
      ServerName localhost
      Listen 127.0.0.1:%2$d
      PidFile "%1$s/apache.pid"
      ErrorLog "%1$s/apache.log"
      DefaultRuntimeDir "%1$s"
      Mutex pthread default
      User www-data
      Group www-data
      LoadModule mpm_event_module modules/mod_mpm_event.so
      LoadModule authz_core_module modules/mod_authz_core.so
      LoadModule proxy_module modules/mod_proxy.so
      LoadModule proxy_http_module modules/mod_proxy_http.so
      LoadModule cache_module modules/mod_cache.so
      LoadModule cache_socache_module modules/mod_cache_socache.so
      LoadModule socache_shmcb_module modules/mod_socache_shmcb.so
      CacheSocache shmcb
      CacheEnable socache /
      CacheMinExpire 3600
      CacheHeader on
      ProxyPreserveHost on
      ProxyPass / http://127.0.0.1:%3$d/
      """;

  private final Process process;
  private final int port;

  private SharedCache(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Optional<Path> installed() {
    return Stream.of("/usr/sbin/apache2", "/usr/bin/apache2")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the cache in front of a port of this machine. */
  static SharedCache start(Path program, Path directory, int port, int behind) {
    try {
      Files.createDirectories(directory);
      var settings =
          Files.writeString(
              directory.resolve("apache.conf"), SETTINGS.formatted(directory, port, behind));
      var process =
          new ProcessBuilder(
                  List.of(program.toString(), "-D", "FOREGROUND", "-f", settings.toString()))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("apache.out").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return new SharedCache(process, port).await();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SharedCache await() {
    for (var i = 0; i < MAX_TRIES && process.isAlive(); i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return this;
      } catch (IOException notYet) {
        ServerProcess.pause();
      }
    }
    throw new IllegalStateException("apache2 does not start: see apache.out and apache.log");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
