package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of the tests, and the certificates that it issues to servers, created
 * with keytool.
 */
public final class Certificates {
  public static final String PASSWORD = "password";

  private static final String THIS_MACHINE = "san=dns:localhost,ip:127.0.0.1";

  private final Path store;
  private final Path trustStore;

  private Certificates(Path store, Path trustStore) {
    this.store = store;
    this.trustStore = trustStore;
  }

  public static Certificates create(Path directory) {
    try {
      Files.createDirectories(directory);
      var name = UUID.randomUUID().toString();
      var store = directory.resolve(name + ".p12").toAbsolutePath();
      var made = new Certificates(store, directory.resolve(name + "-trust.p12").toAbsolutePath());
      made.keytool("ca", "-ext", "bc:c");
      made.writeTrustStore();
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void writeTrustStore() throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD.toCharArray());
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    try (var out = Files.newOutputStream(trustStore)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  /** Returns the location of the store that contains only the authority. */
  public String trustStore() {
    return trustStore.toUri().toString();
  }

  public SSLContext right() {
    return issued("right-" + UUID.randomUUID(), "-signer", "ca", "-ext", THIS_MACHINE);
  }

  public SSLContext ofAnotherHost() {
    return issued("other", "-signer", "ca", "-ext", "san=dns:other.example");
  }

  public SSLContext expired() {
    return issued(
        "expired", "-signer", "ca", "-ext", THIS_MACHINE, "-startdate", "-9d", "-validity", "7");
  }

  public SSLContext selfSigned() {
    return issued("self", "-ext", THIS_MACHINE);
  }

  private SSLContext issued(String alias, String... options) {
    keytool(alias, options);
    try {
      var all = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      var one = KeyStore.getInstance("PKCS12");
      one.load(null, PASSWORD.toCharArray());
      one.setKeyEntry(
          alias,
          all.getKey(alias, PASSWORD.toCharArray()),
          PASSWORD.toCharArray(),
          all.getCertificateChain(alias));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(one, PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keytool(String alias, String... options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias, "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
    command.addAll(List.of(options));
    try {
      var process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("keytool failed for " + alias);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
