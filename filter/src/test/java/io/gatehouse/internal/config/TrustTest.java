package io.gatehouse.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.internal.server.HttpServerCalls;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.Relay;
import io.gatehouse.internal.server.Relay.Trouble;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The trusted certificates, over real TLS. */
@Tag("case-84")
class TrustTest {
  private static final String PASSWORD = "password";
  private static final String[] RIGHT_NAME = {"-ext", "san=dns:localhost,ip:127.0.0.1"};
  private static final Duration TIME = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void callsAServerWhoseAuthorityIsInTheTrustStore() throws Exception {
    var store = certificate(RIGHT_NAME);
    assertThatCode(() -> call(store, trusting(store))).doesNotThrowAnyException();
  }

  @Test
  void refusesAnAuthorityThatIsInNoTrustStore() throws Exception {
    var store = certificate(RIGHT_NAME);
    assertRefused(store, ValidConfiguration.ofVerifier(), "PKIX path building failed");
  }

  @Test
  void refusesACertificateForAnotherName() throws Exception {
    var store = certificate("-ext", "san=dns:canary.example");
    assertRefused(store, trusting(store), "No subject alternative name");
  }

  @Test
  void refusesACertificateThatHasExpired() throws Exception {
    var store = certificate("-startdate", "-9d", "-validity", "7", RIGHT_NAME[0], RIGHT_NAME[1]);
    assertRefused(store, trusting(store), "the certificate has expired");
  }

  // The JDK's message quotes the names of the certificate.
  private void assertRefused(Path store, ValidConfiguration configuration, String reason) {
    assertThatThrownBy(() -> call(store, configuration))
        .isInstanceOf(LoginFailedException.class)
        .hasMessageContaining("javax.net.ssl.SSLHandshakeException (" + reason)
        .message()
        .doesNotContain("canary");
  }

  @Test
  void sendsTheClientKeyOfThePlatformBesideItsOwnTrustStore() throws Exception {
    var store = certificate(RIGHT_NAME);
    var trusting = trusting(store);
    assertThatThrownBy(() -> callWithKey(store, trusting)).isInstanceOf(LoginFailedException.class);
    withKeyOfThePlatform(
        store,
        PASSWORD,
        () -> assertThatCode(() -> callWithKey(store, trusting)).doesNotThrowAnyException());
  }

  @Test
  void refusesToStartIfTheClientKeyOfThePlatformCannotBeOpened() throws Exception {
    var trusting = trusting(certificate(RIGHT_NAME));
    var refusal =
        "gatehouse.http.truststore is set, and the client's key of javax.net.ssl.keyStore cannot be"
            + " opened";
    for (var wrong : List.of("absent.p12", "trust.p12")) {
      withKeyOfThePlatform(
          folder.resolve(wrong),
          "wrong",
          () -> assertThatThrownBy(trusting::read).hasMessageContaining(refusal));
    }
  }

  @Test
  void doesWithoutAClientKeyThatThePlatformCannotOpenEither() throws Exception {
    var store = certificate(RIGHT_NAME);
    withKeyOfThePlatform(
        store,
        "",
        () -> assertThatCode(() -> call(store, trusting(store))).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"CLOSES", "RESETS"})
  void connectsAgainIfTheConnectionBreaksBeforeAnythingWasSent(Trouble trouble) throws Exception {
    var store = certificate(RIGHT_NAME);
    var server = server(store, false);
    try (var relay = Relay.to(server.getAddress().getPort())) {
      relay.next(trouble);
      assertThatCode(() -> call(trusting(store), relay.port())).doesNotThrowAnyException();
      assertThat(relay.connections()).isEqualTo(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void callsThroughAProxyThatConnects() throws Exception {
    var store = certificate(RIGHT_NAME);
    var server = server(store, false);
    var before = ProxySelector.getDefault();
    try (var proxy = Relay.tunnelTo(server.getAddress().getPort())) {
      ProxySelector.setDefault(
          ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
      assertThatCode(() -> call(trusting(store), 443)).doesNotThrowAnyException();
      assertThat(proxy.used()).isEqualTo(1);
    } finally {
      ProxySelector.setDefault(before);
      server.stop(0);
    }
  }

  private static void withKeyOfThePlatform(Path store, String password, ThrowingRunnable test)
      throws Exception {
    System.setProperty("javax.net.ssl.keyStore", store.toString());
    System.setProperty("javax.net.ssl.keyStorePassword", password);
    try {
      test.run();
    } finally {
      System.clearProperty("javax.net.ssl.keyStore");
      System.clearProperty("javax.net.ssl.keyStorePassword");
    }
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  private static void call(Path store, ValidConfiguration configuration) throws Exception {
    call(server(store, false), configuration);
  }

  private static void callWithKey(Path store, ValidConfiguration configuration) throws Exception {
    call(server(store, true), configuration);
  }

  private static void call(HttpsServer server, ValidConfiguration configuration) throws Exception {
    try {
      call(configuration, server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static void call(ValidConfiguration configuration, int port) throws Exception {
    var trust = configuration.read().http().trust();
    try (var calls = new HttpServerCalls(TIME, TIME, trust)) {
      calls.get(URI.create("https://localhost:" + port + "/"));
    }
  }

  private static HttpsServer server(Path store, boolean needsClientKey) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    var serverStore = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(serverStore);
    serverStore.deleteEntry("ca");
    keys.init(serverStore, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(needsClientKey);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext("/").setHandler(it -> it.sendResponseHeaders(204, -1));
    server.start();
    return server;
  }

  private ValidConfiguration trusting(Path store) throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD.toCharArray());
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    var file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return ValidConfiguration.ofVerifier()
        .with(Property.HTTP_TRUSTSTORE, file.toUri().toString())
        .with(Property.HTTP_TRUSTSTORE_PASSWORD, PASSWORD);
  }

  /** A key store with a certificate for this machine that an authority of its own issued. */
  private Path certificate(String... options) throws Exception {
    var file = folder.resolve("server.p12");
    keytool(file, "ca", "-ext", "bc:c");
    var leaf = new ArrayList<>(List.of("-signer", "ca"));
    leaf.addAll(List.of(options));
    keytool(file, "key", leaf.toArray(String[]::new));
    return file;
  }

  private static void keytool(Path file, String alias, String... options) throws Exception {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        new ArrayList<>(
            List.of(keytool, "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(
        List.of("-alias", alias, "-dname", "CN=canary " + alias, "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    command.addAll(List.of(options));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
