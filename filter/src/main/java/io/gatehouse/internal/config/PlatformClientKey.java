package io.gatehouse.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The client's key that the platform uses for TLS: that of the system property {@code
 * javax.net.ssl.keyStore} and its companions, read as the default context of the Java platform
 * reads them. The platform gives its key to its own context only.
 */
final class PlatformClientKey {
  private static final String STORE = "javax.net.ssl.keyStore";
  private static final String PASSWORD = "javax.net.ssl.keyStorePassword";
  private static final String NO_FILE = "NONE"; // the store is a hardware token
  private static final String HARDWARE = "PKCS11";

  private PlatformClientKey() {}

  /**
   * Returns the key managers; null for the default without a key if the platform has no key.
   *
   * @throws IOException if the store cannot be read
   * @throws GeneralSecurityException if the store or its keys cannot be opened
   */
  static KeyManager @Nullable [] managers() throws IOException, GeneralSecurityException {
    var store = property(STORE);
    var password = property(PASSWORD).map(String::toCharArray);
    // Without the password the platform itself cannot open a key. Containers that know the password
    // from elsewhere set the property of the store alone.
    if (store.isEmpty() || (password.isEmpty() && !store.get().equals(NO_FILE))) {
      return null;
    }
    var type = property("javax.net.ssl.keyStoreType").orElseGet(KeyStore::getDefaultType);
    var provider = property("javax.net.ssl.keyStoreProvider");
    var keys =
        provider.isPresent()
            ? KeyStore.getInstance(type, provider.get())
            : KeyStore.getInstance(type);
    load(keys, store.get(), password.orElse(null));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, type.equalsIgnoreCase(HARDWARE) ? null : password.orElse(null));
    return factory.getKeyManagers();
  }

  private static void load(KeyStore keys, String store, char @Nullable [] password)
      throws IOException, GeneralSecurityException {
    try (var file =
        store.equals(NO_FILE)
            ? InputStream.nullInputStream()
            : Files.newInputStream(Path.of(store))) {
      keys.load(store.equals(NO_FILE) ? null : file, password);
    }
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(it -> !it.isEmpty());
  }
}
