package io.gatehouse.internal.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Properties that make a valid configuration, to change one of them at a time. */
public final class ValidConfiguration {
  /** RFC 7515 A.3. */
  public static final String RFC_7515_A_3 =
      """
      {"kty":"EC","crv":"P-256",\
      "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
      "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",\
      "d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";

  public static final String RFC_7515_A_3_DID_KEY =
      "did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp3MDSov";

  /** RFC 7517 A.2. */
  public static final String RFC_7517_A_2 =
      """
      {"kty":"EC","crv":"P-256",\
      "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",\
      "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",\
      "d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE","kid":"1"}""";

  public static final String ISSUER = "https://verifier.example";
  static final String PUBLIC_URL = "https://app.example/shop";
  public static final String CLIENT_SECRET = "canary-secret-of-thirty-two-bytes-or-more";

  private final Map<Property, String> properties = new LinkedHashMap<>();

  private ValidConfiguration() {}

  /** The least that a client of the Verifier needs. */
  public static ValidConfiguration ofVerifier() {
    return new ValidConfiguration()
        .with(Property.PROVIDER, "verifier")
        .with(Property.ISSUER, ISSUER)
        .with(Property.PUBLIC_URL, PUBLIC_URL)
        .with(Property.SIGNING_KEY, RFC_7515_A_3)
        .with(Property.WARM_UP, "false"); // only loopback is ever contacted
  }

  /** The least that a client of another server needs. */
  public static ValidConfiguration ofOidc() {
    return new ValidConfiguration()
        .with(Property.ISSUER, ISSUER)
        .with(Property.PUBLIC_URL, PUBLIC_URL)
        .with(Property.CLIENT_ID, "shop")
        .with(Property.CLIENT_SECRET, CLIENT_SECRET)
        .with(Property.WARM_UP, "false"); // only loopback is ever contacted
  }

  public ValidConfiguration with(Property property, String value) {
    properties.put(property, value);
    return this;
  }

  public ValidConfiguration without(Property property) {
    properties.remove(property);
    return this;
  }

  public Map<String, String> initParameters() {
    var parameters = new LinkedHashMap<String, String>();
    properties.forEach((property, value) -> parameters.put(property.shortName(), value));
    return parameters;
  }

  public Config config() {
    var named = new LinkedHashMap<String, String>();
    properties.forEach((property, value) -> named.put(property.fullName(), value));
    return config(named);
  }

  public static Config config(Map<String, String> named) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(named, "test", 100))
        .build();
  }

  public Configuration read() {
    return read(config(), Map.of());
  }

  public static Configuration read(Config config, Map<String, String> initParameters) {
    return ConfigurationReader.read(
        config,
        FilterName.alone("gatehouse"),
        initParameters,
        ValidConfiguration.class.getClassLoader());
  }

  /** The message of the start that fails; empty if it does not. */
  public Optional<String> faults() {
    return faults(config(), Map.of());
  }

  public static Optional<String> faults(Config config, Map<String, String> initParameters) {
    try {
      read(config, initParameters);
      return Optional.empty();
    } catch (ConfigurationException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
