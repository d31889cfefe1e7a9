package io.gatehouse.internal.config;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The current content of the properties for keys and secrets, usually in files. */
public final class KeyFiles {
  private static final List<Property> PROPERTIES =
      List.of(
          Property.SIGNING_KEY,
          Property.SIGNING_KEY_NEXT,
          Property.SIGNING_KEY_PREVIOUS,
          Property.SIGNING_KEY_PASSWORD,
          Property.CLIENT_SECRET);

  private final Settings settings;
  private final PropertyContent material;

  /**
   * Creates the reader.
   *
   * @param settings newly read settings, without faults
   */
  public KeyFiles(Settings settings, ClassLoader classLoader) {
    this.settings = settings;
    this.material = new PropertyContent(settings, classLoader);
  }

  /** Returns whether at least one of the properties names a file, whose content can change. */
  public boolean areFiles() {
    return PROPERTIES.stream()
        .flatMap(it -> settings.text(it).stream())
        .anyMatch(it -> it.startsWith(PropertyContent.FILE));
  }

  /** Returns a text that changes whenever the content changes. */
  public String fingerprint() {
    return Fingerprint.of(
        PROPERTIES.stream()
            .map(material::bytes)
            .map(it -> it.map(Base64.getEncoder()::encodeToString).orElse("-"))
            .toArray(String[]::new));
  }

  /**
   * Reads the keys, as at the start of the application.
   *
   * @throws ConfigurationException if the keys are unusable
   */
  public Configuration.Keys read() {
    var provider = settings.text(Property.PROVIDER).flatMap(Provider::named);
    Optional<Configuration.Keys> keys =
        new KeySettings(settings, material, provider.orElseThrow()).read();
    settings.requireFaultless();
    return keys.orElseThrow();
  }
}
