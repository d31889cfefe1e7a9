package io.gatehouse.standin.endpoint;

import static org.springframework.security.config.Customizer.withDefaults;

import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.key.SigningKey;
import io.gatehouse.standin.state.Calls;
import io.gatehouse.standin.strict.AssertionRules;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionDecoderFactory;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OidcConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2RefreshTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Authorization Server for discovery, JWKS and the token endpoint. The Verifier implements
 * the rest itself, and so does the stand-in.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
final class AuthorizationServer {

  @Bean
  SecurityFilterChain tokenEndpoint(HttpSecurity http, Settings settings, Calls calls)
      throws Exception {
    var refusals = new TokenRefusals(calls);
    return http.securityMatcher(paths(settings))
        .with(
            OAuth2AuthorizationServerConfigurer.authorizationServer(),
            server ->
                server
                    .oidc(settings.logOut() ? AuthorizationServer::tellOfLogOut : withDefaults())
                    .clientAuthentication(
                        clients ->
                            clients
                                .authenticationProviders(
                                    providers -> makeStrict(providers, settings, calls))
                                .errorResponseHandler(refusals::unauthenticated))
                    .tokenEndpoint(
                        token ->
                            token
                                .accessTokenResponseHandler(answerWithoutScope())
                                .errorResponseHandler(refusals::refused)))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .build();
  }

  private static String[] paths(Settings settings) {
    var paths = new ArrayList<>(List.of("/oidc/token", "/oidc/jwks", "/.well-known/**"));
    if (settings.logOut()) {
      paths.add("/oidc/revoke");
    }
    return paths.toArray(String[]::new);
  }

  private static void tellOfLogOut(OidcConfigurer oidc) {
    oidc.providerConfigurationEndpoint(
        discovery ->
            discovery.providerConfigurationCustomizer(
                metadata ->
                    metadata
                        .claim("backchannel_logout_supported", true)
                        .claim("backchannel_logout_session_supported", true)));
  }

  @Bean
  AuthorizationServerSettings authorizationServerSettings(Issuer issuer) {
    return AuthorizationServerSettings.builder()
        .issuer(issuer.discovered())
        .authorizationEndpoint("/oidc/authorize")
        .tokenEndpoint("/oidc/token")
        .jwkSetEndpoint("/oidc/jwks")
        .oidcUserInfoEndpoint("/oidc/userinfo")
        .oidcLogoutEndpoint("/oidc/logout")
        .tokenIntrospectionEndpoint("/oidc/introspect")
        .tokenRevocationEndpoint("/oidc/revoke")
        .build();
  }

  /** Returns the decoder that Spring's userinfo endpoint requires; no request reaches it. */
  @Bean
  JwtDecoder accessTokens(SigningKey key) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(key);
  }

  @Bean
  OAuth2TokenGenerator<?> tokenGenerator(SigningKey key, Settings settings, Issuer issuer) {
    var jwts = new JwtGenerator(new NimbusJwtEncoder(key));
    jwts.setJwtCustomizer(new TokenClaims(settings, issuer));
    return new DelegatingOAuth2TokenGenerator(jwts, new OAuth2RefreshTokenGenerator());
  }

  private static void makeStrict(
      List<AuthenticationProvider> providers, Settings settings, Calls calls) {
    if (!settings.strict()) {
      return;
    }
    var strict = new AssertionRules(calls, Clock.systemUTC());
    var decoders = new JwtClientAssertionDecoderFactory();
    decoders.setJwtValidatorFactory(
        client ->
            new DelegatingOAuth2TokenValidator<>(
                JwtClientAssertionDecoderFactory.DEFAULT_JWT_VALIDATOR_FACTORY.apply(client),
                strict));
    for (var provider : providers) {
      if (provider instanceof JwtClientAssertionAuthenticationProvider assertions) {
        assertions.setJwtDecoderFactory(decoders);
      }
    }
  }

  private static OAuth2AccessTokenResponseAuthenticationSuccessHandler answerWithoutScope() {
    var handler = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
    handler.setAccessTokenResponseCustomizer(
        context -> context.getAccessTokenResponse().scopes(Set.of()));
    return handler;
  }
}
