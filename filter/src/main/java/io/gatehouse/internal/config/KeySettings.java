package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.ClientSecret;
import io.gatehouse.internal.jose.JcaProvider;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsSigner;
import io.gatehouse.internal.jose.KeyReader;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.jose.UnusableKeyException;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.message.KeyFaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the signing keys and the client secret, and determines the client id and the algorithms of
 * the signatures.
 */
final class KeySettings {
  private final Settings settings;
  private final PropertyContent material;
  private final Provider provider;

  KeySettings(Settings settings, PropertyContent material, Provider provider) {
    this.settings = settings;
    this.material = material;
    this.provider = provider;
  }

  /** Returns all keys for signing and sealing; empty if a fault was found. */
  Optional<Configuration.Keys> read() {
    requireOne();
    var current = signingKey(Property.SIGNING_KEY);
    var secret = clientSecret();
    var client = client(clientId(current), current, secret);
    var published = new ArrayList<SigningKey>(current.stream().toList());
    for (var property : List.of(Property.SIGNING_KEY_NEXT, Property.SIGNING_KEY_PREVIOUS)) {
      signingKey(property).filter(it -> isNew(it, published)).ifPresent(published::add);
    }
    if (client.isEmpty()) {
      return Optional.empty();
    }
    var clients = new ArrayList<Configuration.ClientKeys>();
    clients.add(client.get());
    published.stream()
        .skip(current.stream().count())
        .forEach(it -> other(it, secret, client.get()).ifPresent(clients::add));
    return Optional.of(new Configuration.Keys(List.copyOf(clients), List.copyOf(published)));
  }

  private void requireOne() {
    if (provider.didKey()) {
      settings.required(Property.SIGNING_KEY, KeyFaults.VERIFIER_KEY_MISSING);
    } else if (!settings.isSet(Property.SIGNING_KEY) && !settings.isSet(Property.CLIENT_SECRET)) {
      settings.fault(Property.SIGNING_KEY, KeyFaults.KEY_MISSING);
    }
  }

  // During a key rotation two files may contain the same key.
  private static boolean isNew(SigningKey key, List<SigningKey> others) {
    return others.stream().noneMatch(it -> it.publicJwk().equals(key.publicJwk()));
  }

  private Optional<SigningKey> signingKey(Property property) {
    return material.bytes(property).flatMap(it -> signingKey(property, it));
  }

  private Optional<SigningKey> signingKey(Property property, byte[] content) {
    if (material.isUnreadable(Property.SIGNING_KEY_PASSWORD)) {
      return Optional.empty();
    }
    try {
      var key = KeyReader.read(content, material.text(Property.SIGNING_KEY_PASSWORD));
      return Optional.of(provider.didKey() ? key.withKid(key.didKey()) : key);
    } catch (UnusableKeyException e) {
      settings.fault(property, e);
      return Optional.empty();
    }
  }

  private Optional<ClientSecret> clientSecret() {
    return material.text(Property.CLIENT_SECRET).flatMap(this::clientSecret);
  }

  private Optional<ClientSecret> clientSecret(String text) {
    try {
      return Optional.of(new ClientSecret(text));
    } catch (UnusableKeyException e) {
      settings.fault(Property.CLIENT_SECRET, e);
      return Optional.empty();
    }
  }

  private Optional<Configuration.ClientKeys> client(
      String clientId, Optional<SigningKey> key, Optional<ClientSecret> secret) {
    var objects = signer(Property.REQUEST_OBJECT_ALG, defaultAlgorithm(key, true), key, secret);
    var assertions =
        signer(Property.CLIENT_AUTH_ALG, defaultAlgorithm(key, secret.isEmpty()), key, secret);
    var jca = jcaProvider();
    objects = objects.flatMap(it -> by(jca, it));
    assertions = assertions.flatMap(it -> by(jca, it));
    if (objects.isEmpty() || assertions.isEmpty()) {
      return Optional.empty();
    }
    var sealing = key.map(KeyingMaterial::of).or(() -> secret.map(KeyingMaterial::of));
    return Optional.of(
        new Configuration.ClientKeys(
            clientId, objects.get(), assertions.get(), sealing.orElseThrow()));
  }

  /**
   * Returns the client of the logins under the next or the previous key: another client if the
   * authorization server identifies clients by their key, otherwise the current client.
   */
  private Optional<Configuration.ClientKeys> other(
      SigningKey key, Optional<ClientSecret> secret, Configuration.ClientKeys now) {
    return provider.didKey()
        ? client(key.kid(), Optional.of(key), secret) // kid is the did:key
        : Optional.of(now.under(KeyingMaterial.of(key)));
  }

  private String clientId(Optional<SigningKey> key) {
    if (settings.text(Property.PROVIDER).flatMap(Provider::named).isEmpty()) {
      return ""; // the unknown provider is the fault, already recorded
    }
    if (!provider.didKey()) {
      return settings.required(Property.CLIENT_ID, ConfigurationFaults.CLIENT_ID_MISSING);
    }
    var configured = settings.text(Property.CLIENT_ID);
    try {
      var derived = key.isPresent() ? key.get().didKey() : configured.orElse("");
      if (configured.isPresent() && !configured.get().equals(derived)) {
        settings.fault(Property.CLIENT_ID, ConfigurationFaults.CLIENT_ID_DERIVED, derived);
      }
      return derived;
    } catch (UnusableKeyException e) {
      return ""; // a fault of the signing key, already recorded
    }
  }

  private static JwsAlgorithm defaultAlgorithm(Optional<SigningKey> key, boolean preferKey) {
    return key.filter(it -> preferKey)
        .map(SigningKey::preferredAlgorithm)
        .orElse(JwsAlgorithm.HS256);
  }

  private Optional<JwsSigner> signer(
      Property property,
      JwsAlgorithm byDefault,
      Optional<SigningKey> key,
      Optional<ClientSecret> secret) {
    var chosen = algorithm(property, byDefault);
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    var algorithm = chosen.get();
    if (algorithm.isSymmetric() ? secret.isEmpty() : key.isEmpty()) {
      var needed = algorithm.isSymmetric() ? Property.CLIENT_SECRET : Property.SIGNING_KEY;
      if (settings.isSet(property) && !settings.isSet(needed)) {
        settings.fault(
            property, KeyFaults.ALGORITHM_WITHOUT_KEY, algorithm.wireName(), needed.fullName());
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          algorithm.isSymmetric()
              ? JwsSigner.with(secret.orElseThrow(), algorithm)
              : JwsSigner.with(key.orElseThrow(), algorithm));
    } catch (UnusableKeyException e) {
      settings.fault(property, e);
      return Optional.empty();
    }
  }

  private Optional<JcaProvider> jcaProvider() {
    var name = settings.text(Property.JCA_PROVIDER);
    var provider = name.flatMap(JcaProvider::named);
    if (name.isPresent() && provider.isEmpty()) {
      settings.fault(Property.JCA_PROVIDER, KeyFaults.UNKNOWN_JCA_PROVIDER, JcaProvider.names());
    }
    return provider;
  }

  private Optional<JwsSigner> by(Optional<JcaProvider> provider, JwsSigner signer) {
    try {
      return Optional.of(provider.isPresent() ? signer.by(provider.get()) : signer);
    } catch (UnusableKeyException e) {
      settings.fault(Property.JCA_PROVIDER, e);
      return Optional.empty();
    }
  }

  private Optional<JwsAlgorithm> algorithm(Property property, JwsAlgorithm byDefault) {
    var name = settings.text(property);
    if (name.isEmpty()) {
      return Optional.of(byDefault);
    }
    var algorithm = JwsAlgorithm.named(name.get()).filter(JwsAlgorithm::signs);
    if (algorithm.isEmpty()) {
      settings.fault(
          property,
          ConfigurationFaults.NOT_ONE_OF,
          JwsAlgorithm.names(Arrays.stream(JwsAlgorithm.values()).filter(JwsAlgorithm::signs)));
    }
    return algorithm;
  }
}
