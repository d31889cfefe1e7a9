package io.gatehouse.standin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Starts the stand-in for the Verifier. Keeps nothing beyond its process. */
// Each auto-configuration by name: looking for all of them takes longer than starting these.
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  ConfigurationPropertiesAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  SecurityFilterAutoConfiguration.class,
  ServletWebServerFactoryAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
@EnableConfigurationProperties(Settings.class)
@Import({
  AuthorizationServer.class,
  Filters.class,
  AuthorizeEndpoint.class,
  WalletEndpoint.class,
  ErrorPage.class,
  DeadEndpoints.class,
  EndSessionEndpoint.class,
  DidDocumentEndpoint.class,
  OfferingsEndpoint.class,
  ControlEndpoint.class,
  LogOutControl.class,
  ControlErrors.class,
  Clients.class,
  Authorizations.class,
  AuthorizationCodes.class,
  PendingLogins.class,
  LiveLogins.class,
  Offerings.class,
  OwnTokens.class,
  LogoutTokens.class,
  BackChannel.class,
  Calls.class,
  LastTokenRequest.class
})
public final class StandIn {

  public static void main(String[] args) {
    var issuer = start(args).getBean(Issuer.class);
    System.out.println("stand-in ready at " + issuer.discovered());
  }

  static ConfigurableApplicationContext start(String... args) {
    return new SpringApplication(StandIn.class).run(args);
  }

  @Bean
  Issuer issuer(Environment environment, Settings settings) {
    int port = environment.getRequiredProperty("server.port", Integer.class);
    if (port == 0) {
      throw new IllegalArgumentException("server.port must be a port, the issuer contains it");
    }
    return Issuer.on(port, settings.verifier());
  }

  @Bean
  SigningKey signingKey(Settings settings) {
    return new SigningKey(settings.verifier());
  }

  @Bean
  Script<RefreshTrouble> refreshTrouble() {
    return new Script<>(RefreshTrouble.NONE);
  }

  @Bean
  Script<ApiTrouble> apiTrouble() {
    return new Script<>(ApiTrouble.NONE);
  }
}
