package io.gatehouse.internal.config;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What the properties of keys and secrets hold now, in files for the most part. */
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
   * @param settings newly opened, without faults
   */
  public KeyFiles(Settings settings, ClassLoader classLoader) {
    this.settings = settings;
    this.material = new PropertyContent(settings, classLoader);
  }

  /** Whether there is a file among them, which can change. */
  public boolean areFiles() {
    return PROPERTIES.stream()
        .flatMap(it -> settings.text(it).stream())
        .anyMatch(it -> it.startsWith(PropertyContent.FILE));
  }

  /** A text that is another one as soon as what they hold is. */
  public String fingerprint() {
    return Fingerprint.of(
        PROPERTIES.stream()
            .map(material::bytes)
            .map(it -> it.map(Base64.getEncoder()::encodeToString).orElse("-"))
            .toArray(String[]::new));
  }

  /**
   * Reads them, as at the start of the application.
   *
   * @throws ConfigurationException if they cannot be used
   */
  public Configuration.Keys read() {
    var provider = settings.text(Property.PROVIDER).flatMap(Provider::named);
    Optional<Configuration.Keys> keys =
        new KeySettings(settings, material, provider.orElseThrow()).read();
    settings.requireFaultless();
    return keys.orElseThrow();
  }
}
