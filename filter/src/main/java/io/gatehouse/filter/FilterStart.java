package io.gatehouse.filter;

import io.gatehouse.internal.access.WelcomeFiles;
import io.gatehouse.internal.cluster.BoundMaps;
import io.gatehouse.internal.cluster.JCaches;
import io.gatehouse.internal.cluster.SharedCaches;
import io.gatehouse.internal.cluster.SharedMarkerStore;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.ConfigurationReader;
import io.gatehouse.internal.config.FilterName;
import io.gatehouse.internal.config.Fingerprint;
import io.gatehouse.internal.config.KeyFiles;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.Settings;
import io.gatehouse.internal.deployment.DeployedFilter;
import io.gatehouse.internal.deployment.FilterMapping;
import io.gatehouse.internal.deployment.WebXml;
import io.gatehouse.internal.message.ConfigurationFaults;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.protocol.EndedSessions;
import io.gatehouse.internal.protocol.LogoutTokenVerifier;
import io.gatehouse.internal.session.Events;
import jakarta.servlet.FilterRegistration;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts the Gatehouse behind one filter: reads its configuration first, and then creates all
 * parts.
 */
final class FilterStart {
  private final FilterName name;
  private final FilterRegistration filter;
  private final FilterMapping mapping;
  private final WelcomeFiles welcomeFiles;
  private final ClassLoader classLoader;
  private final Supplier<KeyFiles> keyFiles;
  private final boolean keysMayChange;
  private final String keysSeen;
  private final Configuration configuration;

  /**
   * Reads the configuration.
   *
   * @param classLoader the application's class loader
   * @throws ConfigurationException listing all faults
   */
  FilterStart(FilterName name, FilterRegistration filter, WebXml webXml, ClassLoader classLoader) {
    this.name = name;
    this.filter = filter;
    this.mapping = FilterMapping.of(name.text(), filter, webXml);
    this.welcomeFiles = WelcomeFiles.USUAL.and(webXml.welcomeFiles());
    this.classLoader = classLoader;
    var config = ConfigProvider.getConfig();
    Map<String, String> initParameters = filter.getInitParameters();
    keyFiles = () -> new KeyFiles(new Settings(config, name, initParameters), classLoader);
    var files = keyFiles.get();
    keysMayChange = files.areFiles();
    keysSeen = files.fingerprint(); // before reading: later changes are noticed
    configuration = ConfigurationReader.read(config, name, initParameters, classLoader);
  }

  FilterName name() {
    return name;
  }

  Configuration configuration() {
    return configuration;
  }

  /**
   * Creates the parts.
   *
   * @throws ConfigurationException if the cache shared with other nodes is unavailable
   */
  Gatehouse open() {
    var clock = Clock.systemUTC();
    return new Gatehouse(
        configuration,
        welcomeFiles,
        shared(configuration, clock, classLoader),
        Events.of(classLoader),
        Telemetry.of(configuration.application().oneOfSeveral()),
        clock,
        new SecureRandom());
  }

  /** Returns the watch of the key files, to be started; empty if no property names a file. */
  Optional<KeyWatch> watchKeys(Gatehouse gatehouse) {
    return keysMayChange
        ? Optional.of(new KeyWatch(keyFiles, keysSeen, gatehouse::use))
        : Optional.empty();
  }

  /** Returns the mapping of the filter for requests. */
  FilterMapping mapping() {
    return mapping;
  }

  /** Returns the filter, for checks of the deployment. */
  DeployedFilter deployed() {
    return new DeployedFilter(name.text(), filter, mapping, configuration);
  }

  /**
   * Returns the summary of the configuration and of the values to register at the authorization
   * server, for the log.
   */
  Announcement announcement() {
    return new Announcement(configuration, mapping.patterns());
  }

  private static ClusterParts.Shared shared(
      Configuration configuration, Clock clock, ClassLoader classLoader) {
    var name = configuration.session().sharedCache();
    if (name.isEmpty()) {
      return ClusterParts.Shared.ofSingleNode(clock);
    }
    var prefix =
        Fingerprint.of(
                configuration.server().issuer(),
                configuration.application().publicUrl().configured().orElse("on loopback"),
                configuration.application().path())
            + ":";
    var longest = EndedSessions.longestKept(configuration.session().maxLifetime());
    try {
      var caches = caches(name.get(), prefix, classLoader);
      var sessions = caches.open("", longest);
      return new ClusterParts.Shared(
          new SharedMarkerStore(sessions, caches.open("-once", onceOnly(configuration)), clock),
          Optional.of(sessions));
    } catch (LinkageError | ServiceConfigurationError missing) {
      throw new ConfigurationException(
          List.of(ConfigurationFaults.JCACHE_MISSING.formatted(Property.SHARED.fullName())));
    }
  }

  /**
   * Returns the longest time for which the single use of a login's code, or of a logout token, must
   * be remembered.
   */
  private static Duration onceOnly(Configuration configuration) {
    var client = configuration.registration();
    var logoutTokens = LogoutTokenVerifier.longestKept(client.clockSkew());
    var logins = client.loginTimeout().plus(client.clockSkew());
    return logins.compareTo(logoutTokens) > 0 ? logins : logoutTokens;
  }

  private static SharedCaches caches(String name, String prefix, ClassLoader classLoader) {
    return name.startsWith("map:")
        ? new BoundMaps(name.substring("map:".length()), prefix)
        : JCaches.of(name.substring("jcache:".length()), prefix, classLoader);
  }
}
