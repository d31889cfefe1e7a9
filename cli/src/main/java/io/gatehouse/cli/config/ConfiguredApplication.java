package io.gatehouse.cli.config;

import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.WelcomeFiles;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.config.ConfigurationReader;
import io.gatehouse.internal.config.FilterName;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.ServerCalls;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.Config;

/**
 * An application as its configuration describes it, read by the filter's own reader. This class has
 * everything that the command may know of the application; it uses keys and secrets and never gives
 * them out.
 */
public final class ConfiguredApplication {
  private static final Clock CLOCK = Clock.systemUTC();

  private final Configuration configuration;

  private ConfiguredApplication(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Reads the configuration of a filter.
   *
   * @param filters the {@code <filter-name>} of this filter, and then those of the application's
   *     other filters
   * @param initParameters the filter's init-params, without prefix; they take precedence
   * @param classLoader the class loader that resolves {@code classpath:} locations
   * @throws FaultyConfigurationException with every fault
   */
  public static ConfiguredApplication read(
      Config config,
      List<String> filters,
      Map<String, String> initParameters,
      ClassLoader classLoader)
      throws FaultyConfigurationException {
    try {
      return new ConfiguredApplication(
          ConfigurationReader.read(
              config,
              new FilterName(filters.get(0), Set.copyOf(filters)),
              initParameters,
              classLoader));
    } catch (ConfigurationException e) {
      throw new FaultyConfigurationException(e.faults());
    }
  }

  public String issuer() {
    return configuration.server().issuer();
  }

  public String clientId() {
    return configuration.clientId();
  }

  /**
   * Returns whether the authorization server knows the application by the did:key of its signing
   * key, as the Verifier does.
   */
  public boolean isKnownByDidKey() {
    return clientId().startsWith("did:key:");
  }

  public String scope() {
    return configuration.registration().scope();
  }

  /**
   * Returns the application's root as browsers see it, without a trailing slash, if it is
   * configured.
   */
  public Optional<String> publicUrl() {
    return configuration.application().publicUrl().configured();
  }

  /**
   * Returns the URL at which the authorization server reaches the application, without a trailing
   * slash, if it differs from the public URL.
   */
  public Optional<String> backendUrl() {
    return configuration
        .application()
        .backendUrl()
        .map(it -> it.toString().replaceFirst("/+$", ""));
  }

  /**
   * Returns the path of Gatehouse's own paths in the application: {@code /gatehouse} or another.
   */
  public String ownPath() {
    return configuration.application().path();
  }

  /** Returns the rules that decide what a request requires. */
  public AccessRules accessRules() {
    return new AccessRules(configuration.access().rules(), WelcomeFiles.USUAL);
  }

  /**
   * Returns the address to return to after a logout at the authorization server, if it is
   * configured.
   */
  public Optional<URI> postLogoutRedirectUri() {
    return configuration.logout().postLogoutRedirectUri();
  }

  public Duration clockSkew() {
    return configuration.registration().clockSkew();
  }

  public Duration connectTimeout() {
    return configuration.http().connectTimeout();
  }

  /** Returns the time limit of a whole call to the authorization server. */
  public Duration timeout() {
    return configuration.http().timeout();
  }

  /** Returns the trust in certificates of the authorization server. */
  public SSLContext trust() {
    return configuration.http().trust();
  }

  public JwsAlgorithm requestObjectAlgorithm() {
    return configuration.keys().current().requestObjectSigner().algorithm();
  }

  public JwsAlgorithm clientAuthAlgorithm() {
    return configuration.keys().current().assertionSigner().algorithm();
  }

  /** Returns the algorithms that are accepted on ID tokens. */
  public Set<JwsAlgorithm> idTokenAlgorithms() {
    return configuration.server().idTokenAlgorithms();
  }

  /** Returns the endpoints that are configured instead of discovered. */
  public Set<Endpoint> configuredEndpoints() {
    return configuration.server().endpoints().keySet();
  }

  /**
   * Returns the mode in which requests reach the authorization server: {@code hosted}, {@code
   * pushed} or {@code value}.
   */
  public String requestMode() {
    return configuration.modes().request().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the public halves of the application's keys, the current signing key first; RFC 7517
   * section 5.
   */
  public JsonObject jwks() {
    var keys = Json.createArrayBuilder();
    configuration
        .keys()
        .published()
        .forEach(it -> keys.add(Json.createObjectBuilder(it.publicJwk())));
    configuration
        .modes()
        .idTokenDecrypter()
        .ifPresent(it -> keys.add(Json.createObjectBuilder(it.publicJwk())));
    return Json.createObjectBuilder().add("keys", keys).build();
  }

  /** Returns the authorization server as the filter would know it through these calls. */
  public AuthorizationServer server(ServerCalls calls) {
    return new AuthorizationServer(
        issuer(),
        configuration.server().endpoints(),
        new JwsVerifier(idTokenAlgorithms()),
        calls,
        CLOCK,
        new BoundedWait(timeout(), 1));
  }

  /**
   * Returns the application in its role as a client of the authorization server, under the
   * configured keys.
   */
  public ConfiguredClient client() {
    return new ConfiguredClient(configuration);
  }
}
