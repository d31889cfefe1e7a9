package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.server.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Reads the configuration once, checks all of it, and reports every fault at once. */
public final class ConfigurationReader {
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E ]+");

  private static final Pattern PERCENT = Pattern.compile("[1-8][0-9]%|9[0-5]%");
  private static final Pattern SHARED =
      Pattern.compile(
          "jcache:((java:)?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*#)?[A-Za-z0-9._-]{1,100}"
              + "|map:(java:)?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

  private final Settings settings;
  private final PropertyContent material;
  private final Provider provider;

  private ConfigurationReader(Settings settings, ClassLoader classLoader) {
    this.settings = settings;
    this.material = new PropertyContent(settings, classLoader);
    this.provider = provider(settings);
  }

  /**
   * Reads the configuration.
   *
   * @param name the name of the filter
   * @param initParameters the filter's init-params, without prefix; they take precedence
   * @param classLoader the class loader for {@code classpath:} locations
   * @throws ConfigurationException listing all faults
   */
  public static Configuration read(
      Config config, FilterName name, Map<String, String> initParameters, ClassLoader classLoader) {
    return new ConfigurationReader(new Settings(config, name, initParameters), classLoader).read();
  }

  private static Provider provider(Settings settings) {
    var name = settings.text(Property.PROVIDER).orElseThrow();
    return Provider.named(name)
        .orElseGet(
            () -> {
              settings.fault(Property.PROVIDER, ConfigurationFaults.NOT_ONE_OF, "verifier, oidc");
              return Provider.OIDC;
            });
  }

  private Configuration read() {
    var issuer = issuer();
    var keys = new KeySettings(settings, material, provider).read();
    var server = server(issuer);
    var client = client(issuer);
    var modes =
        new ModeSettings(settings, material, provider)
            .modes(keys.map(Configuration.Keys::published).orElse(List.of()));
    var application = new ApplicationSettings(settings).application(issuer);
    var session = session();
    var access = new AccessSettings(settings).access(provider.roles());
    var logout = logout();
    var http = http();
    settings.damagedValues();
    settings.unknownNames();
    settings.requireFaultless();
    return new Configuration(
        server, client, modes, keys.orElseThrow(), application, session, access, logout, http);
  }

  private String issuer() {
    var issuer = settings.required(Property.ISSUER, ConfigurationFaults.ISSUER_MISSING);
    settings.address(Property.ISSUER);
    return issuer;
  }

  private Configuration.Server server(String issuer) {
    var endpoints = new EnumMap<Endpoint, URI>(Endpoint.class);
    for (var endpoint : Endpoint.values()) {
      var property = Property.named(endpoint.property()).orElseThrow();
      settings.address(property).ifPresent(it -> endpoints.put(endpoint, it));
    }
    return new Configuration.Server(
        issuer,
        endpoints,
        settings.text(Property.ID_TOKEN_ISSUER).orElse(issuer),
        idTokenAlgorithms());
  }

  private Set<JwsAlgorithm> idTokenAlgorithms() {
    var algorithms = EnumSet.noneOf(JwsAlgorithm.class);
    for (var name : settings.list(Property.ID_TOKEN_ALG)) {
      JwsAlgorithm.named(name)
          .filter(it -> !it.isSymmetric())
          .ifPresentOrElse(
              algorithms::add,
              () ->
                  settings.fault(
                      Property.ID_TOKEN_ALG,
                      ConfigurationFaults.NOT_A_LIST_OF,
                      JwsAlgorithm.names(
                          Arrays.stream(JwsAlgorithm.values()).filter(it -> !it.isSymmetric()))));
    }
    return algorithms.isEmpty() ? provider.idTokenAlgorithms() : algorithms;
  }

  private Configuration.Registration client(String issuer) {
    var scope = settings.text(Property.SCOPE).orElse(provider.scope());
    if (!SCOPE.matcher(scope).matches() || !List.of(scope.split(" ")).contains("openid")) {
      settings.fault(Property.SCOPE, ConfigurationFaults.INVALID_SCOPE);
    }
    return new Configuration.Registration(
        scope,
        settings.text(Property.CLIENT_AUTH_AUDIENCE).orElse(issuer),
        settings.text(Property.CLIENT_AUTH_TYP).filter(it -> !it.equals("none")),
        settings.duration(Property.CLOCK_SKEW, Duration.ZERO, Duration.ofMinutes(5)),
        settings.duration(Property.LOGIN_TIMEOUT, Duration.ofSeconds(30), Duration.ofMinutes(60)));
  }

  private Configuration.Session session() {
    return new Configuration.Session(
        refreshAfter(),
        settings.duration(
            Property.SESSION_MAX_LIFETIME, Duration.ofMinutes(1), Duration.ofDays(30)),
        settings.list(Property.SESSION_CARRY_OVER),
        sharedCache());
  }

  private double refreshAfter() {
    var text = settings.text(Property.SESSION_REFRESH_AFTER).orElseThrow();
    if (!PERCENT.matcher(text).matches()) {
      settings.fault(Property.SESSION_REFRESH_AFTER, ConfigurationFaults.INVALID_REFRESH_AFTER);
      return 0.5;
    }
    return Integer.parseInt(text.replace("%", "")) / 100.0;
  }

  private Optional<String> sharedCache() {
    var shared = settings.text(Property.SHARED);
    if (shared.isPresent() && !SHARED.matcher(shared.get()).matches()) {
      settings.fault(Property.SHARED, ConfigurationFaults.INVALID_SHARED);
    }
    return shared;
  }

  private Configuration.LogoutSettings logout() {
    return new Configuration.LogoutSettings(
        settings.choice(Property.LOGOUT_END_SESSION, provider.logsOutAtServer()),
        settings.choice(Property.LOGOUT_REVOKE, provider.logsOutAtServer()),
        settings.address(Property.LOGOUT_REDIRECT_URI));
  }

  private Configuration.Http http() {
    var most = Duration.ofSeconds(60);
    return new Configuration.Http(
        settings.duration(Property.HTTP_CONNECT_TIMEOUT, Duration.ofMillis(100), most),
        settings.duration(Property.HTTP_TIMEOUT, Duration.ofMillis(100), most),
        settings.number(Property.HTTP_MAX_CALLS, 1, 1000),
        settings.choice(Property.WARM_UP, true),
        new TrustSettings(settings, material).trust());
  }
}
