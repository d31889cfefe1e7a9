package io.gatehouse.filter;

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

/** The start of what is behind one filter: its configuration first, and then the rest. */
final class FilterStart {
  private final FilterName name;
  private final FilterRegistration filter;
  private final FilterMapping mapping;
  private final ClassLoader classLoader;
  private final Supplier<KeyFiles> keyFiles;
  private final boolean keysMayChange;
  private final String keysSeen;
  private final Configuration configuration;

  /**
   * Reads the configuration.
   *
   * @param classLoader of the application
   * @throws ConfigurationException that lists all faults
   */
  FilterStart(FilterName name, FilterRegistration filter, WebXml webXml, ClassLoader classLoader) {
    this.name = name;
    this.filter = filter;
    this.mapping = FilterMapping.of(name.text(), filter, webXml);
    this.classLoader = classLoader;
    var config = ConfigProvider.getConfig();
    Map<String, String> initParameters = filter.getInitParameters();
    keyFiles = () -> new KeyFiles(new Settings(config, name, initParameters), classLoader);
    var files = keyFiles.get();
    keysMayChange = files.areFiles();
    keysSeen = files.fingerprint(); // before they are read: what changes meanwhile is noticed
    configuration = ConfigurationReader.read(config, name, initParameters, classLoader);
  }

  FilterName name() {
    return name;
  }

  Configuration configuration() {
    return configuration;
  }

  /**
   * Puts it together.
   *
   * @throws ConfigurationException if what it shares with other nodes is not there
   */
  Gatehouse open() {
    var clock = Clock.systemUTC();
    return new Gatehouse(
        configuration,
        shared(configuration, clock, classLoader),
        Events.of(classLoader),
        Telemetry.of(configuration.application().oneOfSeveral()),
        clock,
        new SecureRandom());
  }

  /** What looks after the files with its keys, once it is started; empty if there are none. */
  Optional<KeyWatch> watchKeys(Gatehouse gatehouse) {
    return keysMayChange
        ? Optional.of(new KeyWatch(keyFiles, keysSeen, gatehouse::use))
        : Optional.empty();
  }

  /** The mapping of the filter for requests. */
  FilterMapping mapping() {
    return mapping;
  }

  /** The filter, for what looks at the deployment. */
  DeployedFilter deployed() {
    return new DeployedFilter(name.text(), filter, mapping, configuration);
  }

  /** What is in force, and what the server has to know, for the log. */
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
          List.of(
              Property.SHARED.fullName()
                  + " needs the JCache API and a provider of it, and one of them cannot be loaded."
                  + " Add javax.cache:cache-api and a provider, such as Hazelcast, to the server or"
                  + " the application"));
    }
  }

  /** How long it has to be known that a log-in's code, or a logout token, has come once. */
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
