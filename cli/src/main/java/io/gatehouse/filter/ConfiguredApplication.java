package io.gatehouse.filter;

import io.gatehouse.jose.JwsAlgorithm;
import io.gatehouse.jose.JwsVerifier;
import io.gatehouse.protocol.AuthorizationRequest;
import io.gatehouse.protocol.AuthorizationServer;
import io.gatehouse.protocol.Endpoint;
import io.gatehouse.protocol.Failure;
import io.gatehouse.protocol.LoginFailedException;
import io.gatehouse.protocol.LoginKeyRing;
import io.gatehouse.protocol.Patience;
import io.gatehouse.protocol.PushedRequestEndpoint;
import io.gatehouse.protocol.RequestedAuthentication;
import io.gatehouse.protocol.ServerCalls;
import io.gatehouse.protocol.TokenEndpoint;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
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
 * An application as its configuration describes it, read by the filter's own reader: what the
 * command may know of it. Keys and secrets are used in here and never given out.
 */
public final class ConfiguredApplication {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Configuration configuration;

  private ConfiguredApplication(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Reads the configuration of a filter.
   *
   * @param filters the {@code <filter-name>} of it, and then those of the application's others
   * @param initParameters the filter's init-params, without prefix; they win
   * @param classLoader where {@code classpath:} locations are
   * @throws FaultyConfigurationException that has every fault
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
              new GateName(filters.get(0), Set.copyOf(filters)),
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

  /** Whether the server knows it by the did:key of its signing key, as the Verifier does. */
  public boolean isKnownByDidKey() {
    return clientId().startsWith("did:key:");
  }

  public String scope() {
    return configuration.client().scope();
  }

  /** The application's root as browsers see it, without slash at its end, if it is configured. */
  public Optional<String> publicUrl() {
    return configuration.application().publicUrl().configured();
  }

  /** Where the server reaches the application, if that is another address, without slash. */
  public Optional<String> backendUrl() {
    return configuration
        .application()
        .backendUrl()
        .map(it -> it.toString().replaceFirst("/+$", ""));
  }

  /** Where our own paths are in the application: {@code /gatehouse} or another path. */
  public String ownPath() {
    return configuration.application().path();
  }

  /** The address to come back to after a log-out at the server, if it is configured. */
  public Optional<URI> postLogoutRedirectUri() {
    return configuration.logout().postLogoutRedirectUri();
  }

  public Duration clockSkew() {
    return configuration.client().clockSkew();
  }

  public Duration connectTimeout() {
    return configuration.http().connectTimeout();
  }

  /** The longest that a whole call to the server may take. */
  public Duration timeout() {
    return configuration.http().timeout();
  }

  /** Which certificates of the server are trusted. */
  public SSLContext trust() {
    return configuration.http().trust();
  }

  public JwsAlgorithm requestObjectAlgorithm() {
    return configuration.keys().current().requestObjectSigner().algorithm();
  }

  public JwsAlgorithm clientAuthAlgorithm() {
    return configuration.keys().current().assertionSigner().algorithm();
  }

  /** The algorithms that are accepted on ID tokens. */
  public Set<JwsAlgorithm> idTokenAlgorithms() {
    return configuration.server().idTokenAlgorithms();
  }

  /** The endpoints that are set and not discovered. */
  public Set<Endpoint> configuredEndpoints() {
    return configuration.server().endpoints().keySet();
  }

  /** How requests reach the server: {@code hosted}, {@code pushed} or {@code value}. */
  public String requestMode() {
    return configuration.modes().request().name().toLowerCase(Locale.ROOT);
  }

  /** The public halves of its keys, the current signing key first; RFC 7517 section 5. */
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

  /** The server as the filter would know it, by these calls. */
  public AuthorizationServer server(ServerCalls calls) {
    return new AuthorizationServer(
        issuer(),
        configuration.server().endpoints(),
        new JwsVerifier(idTokenAlgorithms()),
        calls,
        CLOCK,
        new Patience(timeout(), 1));
  }

  /**
   * Asks for new tokens as this client.
   *
   * @return why the server gives none
   */
  public LoginFailedException refusalOf(
      String refreshToken, AuthorizationServer server, ServerCalls calls) {
    try {
      new TokenEndpoint(server, calls).refresh(refreshToken, ring().client());
      return new LoginFailedException(
          Failure.INVALID_ANSWER, "the token endpoint takes a refresh token that nobody has");
    } catch (LoginFailedException e) {
      return e;
    }
  }

  private LoginKeyRing ring() {
    return new LoginsByKey(configuration, CLOCK, RANDOM).ring();
  }

  /**
   * A log-in that is begun and never finished.
   *
   * @param requestUri where the running application must have its request object
   * @param requestObject what must be there; with an EC or PSS key another signature
   */
  public record TrialLogin(URI requestUri, String requestObject) {}

  /**
   * Begins a log-in under the configured keys.
   *
   * @param base the public or the backend URL, without slash
   */
  public TrialLogin tryLogin(String base) {
    var ring = ring();
    var login = ring.begin();
    var nothingInParticular = new RequestDetail("", RequestedAuthentication.ANY);
    var requestUri =
        base + ownPath() + "/request/" + login.handle(ownPath(), nothingInParticular.sealable());
    var request =
        new AuthorizationRequest(
            login, RequestedAuthentication.ANY, publicUrl().orElse("") + ownPath() + "/callback");
    return new TrialLogin(URI.create(requestUri), request.requestObject(ring));
  }

  /**
   * Begins a log-in at the server, in the configured way.
   *
   * @return where a browser would be sent; only if the public URL is configured
   * @throws LoginFailedException if the server cannot be asked, or does not take such requests
   */
  public URI beginLogin(AuthorizationServer server, ServerCalls calls) throws LoginFailedException {
    var ring = ring();
    var application = configuration.application();
    var passing =
        switch (configuration.modes().request()) {
          case HOSTED ->
              new RequestsHosted(
                  server, application.publicUrl(), application.backendUrl(), ownPath());
          case PUSHED ->
              new RequestsPushed(server, new PushedRequestEndpoint(server, calls), ring, ownPath());
          case VALUE -> new RequestsByValue(server, ring, ownPath());
        };
    var passed = passing.pass(ring.begin(), RequestedAuthentication.ANY, publicUrl().orElseThrow());
    return URI.create(passed.location());
  }
}
