package io.gatehouse.filter;

import io.gatehouse.jose.ClientSecret;
import io.gatehouse.jose.JcaProvider;
import io.gatehouse.jose.JwsAlgorithm;
import io.gatehouse.jose.JwsSigner;
import io.gatehouse.jose.KeyReader;
import io.gatehouse.jose.SigningKey;
import io.gatehouse.jose.UnusableKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the signing keys and the client's secret, and what is signed with which. */
final class KeySettings {
  private final Settings settings;
  private final Material material;
  private final boolean didKey;

  /**
   * @param didKey whether the client is known by the did:key of its signing key
   */
  KeySettings(Settings settings, Material material, boolean didKey) {
    this.settings = settings;
    this.material = material;
    this.didKey = didKey;
  }

  Optional<SigningKey> signingKey(Property property) {
    return material.bytes(property).flatMap(it -> signingKey(property, it));
  }

  private Optional<SigningKey> signingKey(Property property, byte[] content) {
    if (material.isUnreadable(Property.SIGNING_KEY_PASSWORD)) {
      return Optional.empty();
    }
    try {
      var key = KeyReader.read(content, material.text(Property.SIGNING_KEY_PASSWORD));
      return Optional.of(didKey ? key.withKid(key.didKey()) : key);
    } catch (UnusableKeyException e) {
      settings.fault(property, e.fault());
      return Optional.empty();
    }
  }

  Optional<ClientSecret> clientSecret() {
    return material.text(Property.CLIENT_SECRET).flatMap(this::clientSecret);
  }

  private Optional<ClientSecret> clientSecret(String text) {
    try {
      return Optional.of(new ClientSecret(text));
    } catch (UnusableKeyException e) {
      settings.fault(Property.CLIENT_SECRET, e.fault());
      return Optional.empty();
    }
  }

  /** All that is signed and sealed with; empty if a fault stands in the way. */
  Optional<Configuration.Keys> keys(Optional<SigningKey> current, Optional<ClientSecret> secret) {
    var objects =
        signer(Property.REQUEST_OBJECT_ALG, defaultAlgorithm(current, true), current, secret);
    var assertions =
        signer(
            Property.CLIENT_AUTH_ALG, defaultAlgorithm(current, secret.isEmpty()), current, secret);
    var provider = provider();
    objects = objects.flatMap(it -> by(provider, it));
    assertions = assertions.flatMap(it -> by(provider, it));
    var others =
        Stream.of(Property.SIGNING_KEY_NEXT, Property.SIGNING_KEY_PREVIOUS)
            .flatMap(it -> signingKey(it).stream())
            .toList();
    if (objects.isEmpty() || assertions.isEmpty()) {
      return Optional.empty();
    }
    var published = new ArrayList<SigningKey>(current.stream().toList());
    published.addAll(others);
    return Optional.of(
        new Configuration.Keys(
            objects.get(), assertions.get(), List.copyOf(published), material(published, secret)));
  }

  private static List<KeyingMaterial> material(
      List<SigningKey> keys, Optional<ClientSecret> secret) {
    return keys.isEmpty()
        ? secret.stream().map(KeyingMaterial::of).toList()
        : keys.stream().map(KeyingMaterial::of).toList();
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
            property, "is %s, which needs %s".formatted(algorithm.wireName(), needed.fullName()));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          algorithm.isSymmetric()
              ? JwsSigner.with(secret.orElseThrow(), algorithm)
              : JwsSigner.with(key.orElseThrow(), algorithm));
    } catch (UnusableKeyException e) {
      settings.fault(property, "cannot be used: " + e.fault());
      return Optional.empty();
    }
  }

  private Optional<JcaProvider> provider() {
    var name = settings.text(Property.JCA_PROVIDER);
    var provider = name.flatMap(JcaProvider::named);
    if (name.isPresent() && provider.isEmpty()) {
      settings.fault(
          Property.JCA_PROVIDER,
          "is no security provider of this Java platform. It has " + JcaProvider.names());
    }
    return provider;
  }

  private Optional<JwsSigner> by(Optional<JcaProvider> provider, JwsSigner signer) {
    try {
      return Optional.of(provider.isPresent() ? signer.by(provider.get()) : signer);
    } catch (UnusableKeyException e) {
      settings.fault(Property.JCA_PROVIDER, e.fault());
      return Optional.empty();
    }
  }

  private Optional<JwsAlgorithm> algorithm(Property property, JwsAlgorithm byDefault) {
    var name = settings.text(property);
    if (name.isEmpty()) {
      return Optional.of(byDefault);
    }
    var algorithm = JwsAlgorithm.named(name.get());
    if (algorithm.isEmpty()) {
      settings.fault(
          property, "must be one of " + JwsAlgorithm.names(Arrays.stream(JwsAlgorithm.values())));
    }
    return algorithm;
  }
}
