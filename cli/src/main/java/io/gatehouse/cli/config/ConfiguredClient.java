package io.gatehouse.cli.config;

import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.login.HandleDetail;
import io.gatehouse.internal.login.LoginsByKey;
import io.gatehouse.internal.login.RequestsByValue;
import io.gatehouse.internal.login.RequestsHosted;
import io.gatehouse.internal.login.RequestsPushed;
import io.gatehouse.internal.protocol.AuthorizationRequest;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.PushedRequestEndpoint;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.protocol.TokenEndpoint;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.ServerCalls;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * An application in its role as a client of the authorization server: it asks for tokens and begins
 * logins as the filter does. This class uses keys and secrets and never gives them out.
 */
public final class ConfiguredClient {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Configuration configuration;

  /**
   * A login that is begun and never finished.
   *
   * @param requestUri the address at which the running application must serve the login's request
   *     object
   * @param requestObject the expected request object; with an EC or PSS key its signature differs
   */
  public record TrialLogin(URI requestUri, String requestObject) {}

  ConfiguredClient(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Asks for new tokens as this client.
   *
   * @return the reason why the authorization server gives none
   */
  public LoginFailedException refusalOf(
      String refreshToken, AuthorizationServer server, ServerCalls calls) {
    try {
      new TokenEndpoint(server, calls, configuration.server().refusesWithoutBody())
          .refresh(refreshToken, ring().client());
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
   * Begins a login under the configured keys.
   *
   * @param base the public or the backend URL, without a trailing slash
   */
  public TrialLogin tryLogin(String base) {
    var ring = ring();
    var login = ring.begin();
    var nothingInParticular = new HandleDetail("", RequestedAuthentication.ANY);
    var requestUri =
        base + ownPath() + "/request/" + login.handle(ownPath(), nothingInParticular.sealable());
    var request =
        new AuthorizationRequest(
            login, RequestedAuthentication.ANY, publicUrl().orElse("") + ownPath() + "/callback");
    return new TrialLogin(URI.create(requestUri), request.requestObject(ring));
  }

  /**
   * Begins a login at the authorization server, in the configured mode; needs a configured public
   * URL.
   *
   * @return the address to which a browser would be redirected
   * @throws LoginFailedException if the authorization server cannot be called or does not accept
   *     such requests
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

  private Optional<String> publicUrl() {
    return configuration.application().publicUrl().configured();
  }

  private String ownPath() {
    return configuration.application().path();
  }
}
