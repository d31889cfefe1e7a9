package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.DecryptionKey;
import io.gatehouse.internal.jose.JweAlgorithm;
import io.gatehouse.internal.jose.JweDecrypter;
import io.gatehouse.internal.jose.JweEncryption;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.jose.UnusableKeyException;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.message.KeyFaults;
import java.util.List;
import java.util.Optional;

/**
 * Reads the algorithms and the key with which the authorization server encrypts ID tokens, if it
 * does.
 */
final class EncryptionSettings {
  // OpenID Connect Dynamic Client Registration 1.0 section 2
  private static final JweEncryption DEFAULT = JweEncryption.A128CBC_HS256;

  private final Settings settings;
  private final PropertyContent material;

  EncryptionSettings(Settings settings, PropertyContent material) {
    this.settings = settings;
    this.material = material;
  }

  /**
   * Returns the decrypter for ID tokens; empty if they are not encrypted, or if a fault was found.
   *
   * @param signingKeys the published signing keys
   */
  Optional<JweDecrypter> idTokenDecrypter(List<SigningKey> signingKeys) {
    if (!settings.isSet(Property.ID_TOKEN_ENCRYPTION_ALG)) {
      requireUnset(Property.ID_TOKEN_ENCRYPTION_ENC);
      requireUnset(Property.DECRYPTION_KEY);
      return Optional.empty();
    }
    var algorithm = algorithm();
    var encryption = encryption();
    settings.required(Property.DECRYPTION_KEY, KeyFaults.DECRYPTION_KEY_MISSING);
    var key = key(signingKeys);
    return algorithm.isEmpty() || encryption.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : decrypter(key.get(), algorithm.get(), encryption.get());
  }

  private void requireUnset(Property property) {
    if (settings.isSet(property)) {
      settings.fault(property, ConfigurationFaults.NO_EFFECT);
    }
  }

  private Optional<JweAlgorithm> algorithm() {
    var algorithm = settings.text(Property.ID_TOKEN_ENCRYPTION_ALG).flatMap(JweAlgorithm::named);
    if (algorithm.isEmpty()) {
      settings.fault(
          Property.ID_TOKEN_ENCRYPTION_ALG, ConfigurationFaults.NOT_ONE_OF, JweAlgorithm.names());
    }
    return algorithm;
  }

  private Optional<JweEncryption> encryption() {
    var name = settings.text(Property.ID_TOKEN_ENCRYPTION_ENC);
    var encryption = name.isEmpty() ? Optional.of(DEFAULT) : JweEncryption.named(name.get());
    if (encryption.isEmpty()) {
      settings.fault(
          Property.ID_TOKEN_ENCRYPTION_ENC, ConfigurationFaults.NOT_ONE_OF, JweEncryption.names());
    }
    return encryption;
  }

  private Optional<DecryptionKey> key(List<SigningKey> signingKeys) {
    var content = material.bytes(Property.DECRYPTION_KEY);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      var key = DecryptionKey.read(content.get());
      if (signingKeys.stream().anyMatch(key::signsToo)) {
        settings.fault(Property.DECRYPTION_KEY, KeyFaults.KEY_OF_TWO_USES);
      }
      return Optional.of(key);
    } catch (UnusableKeyException e) {
      settings.fault(Property.DECRYPTION_KEY, e);
      return Optional.empty();
    }
  }

  private Optional<JweDecrypter> decrypter(
      DecryptionKey key, JweAlgorithm algorithm, JweEncryption encryption) {
    try {
      return Optional.of(JweDecrypter.with(key, algorithm, encryption));
    } catch (UnusableKeyException e) {
      settings.fault(Property.DECRYPTION_KEY, e);
      return Optional.empty();
    }
  }
}
