package io.gatehouse.it.load;

import io.gatehouse.it.servers.ApprovingServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;

/** Spring Security with one OpenID Connect client, and its defaults otherwise. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SpringConfiguration {
  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    http.authorizeHttpRequests(it -> it.anyRequest().authenticated())
        .oauth2Login(Customizer.withDefaults());
    return http.build();
  }

  @Bean
  ClientRegistrationRepository registrations() {
    var issuer = Application.issuer();
    return new InMemoryClientRegistrationRepository(
        ClientRegistration.withRegistrationId("local")
            .clientId(ApprovingServer.CLIENT_ID)
            .clientSecret("any, for the server checks none of a client")
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
            .scope("openid")
            .issuerUri(issuer)
            .authorizationUri(issuer + "/authorize")
            .tokenUri(issuer + "/token")
            .jwkSetUri(issuer + "/jwks")
            .userNameAttributeName("sub")
            .build());
  }

  @Bean
  JwtDecoderFactory<ClientRegistration> idTokens() {
    var factory = new OidcIdTokenDecoderFactory();
    factory.setJwsAlgorithmResolver(it -> SignatureAlgorithm.ES256);
    return factory;
  }
}
