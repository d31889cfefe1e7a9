package io.gatehouse.internal.config;

import io.gatehouse.internal.message.ConfigurationFaults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the trusted certificate authorities for the authorization server's certificate: the
 * platform's, or exclusively those of a trust store. Trusting all certificates is impossible. The
 * client's key is the platform's in either case.
 */
final class TrustSettings {
  private final Settings settings;
  private final PropertyContent material;

  TrustSettings(Settings settings, PropertyContent material) {
    this.settings = settings;
    this.material = material;
  }

  SSLContext trust() {
    return settings.isSet(Property.HTTP_TRUSTSTORE)
        ? material
            .bytes(Property.HTTP_TRUSTSTORE)
            .map(this::trusting)
            .orElseGet(TrustSettings::platformDefault)
        : platformDefault();
  }

  private SSLContext trusting(byte[] store) {
    if (material.isUnreadable(Property.HTTP_TRUSTSTORE_PASSWORD)) {
      return platformDefault(); // never used: the fault stops the start
    }
    try {
      // The default type reads both PKCS12 and JKS.
      var keyStore = KeyStore.getInstance(KeyStore.getDefaultType());
      var password = material.text(Property.HTTP_TRUSTSTORE_PASSWORD).map(String::toCharArray);
      keyStore.load(new ByteArrayInputStream(store), password.orElse(new char[0]));
      if (keyStore.size() == 0) {
        settings.fault(Property.HTTP_TRUSTSTORE, ConfigurationFaults.TRUSTSTORE_EMPTY);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(keyStore);
      var context = SSLContext.getInstance("TLS");
      context.init(clientKey(), factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      settings.fault(Property.HTTP_TRUSTSTORE, ConfigurationFaults.TRUSTSTORE_UNREADABLE);
      return platformDefault();
    }
  }

  // A context of its own would forget the key that the platform's context sends.
  private KeyManager @Nullable [] clientKey() {
    try {
      return PlatformClientKey.managers();
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      settings.fault(Property.HTTP_TRUSTSTORE, ConfigurationFaults.CLIENT_KEY_UNREADABLE);
      return null;
    }
  }

  private static SSLContext platformDefault() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform has no default TLS context", e);
    }
  }
}
