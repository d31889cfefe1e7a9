package io.gatehouse.standin;

import io.gatehouse.standin.api.Offerings;
import io.gatehouse.standin.api.OfferingsEndpoint;
import io.gatehouse.standin.backchannel.BackChannel;
import io.gatehouse.standin.backchannel.LogoutTokens;
import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.control.ControlApi;
import io.gatehouse.standin.endpoint.Endpoints;
import io.gatehouse.standin.filter.Filters;
import io.gatehouse.standin.key.OwnTokens;
import io.gatehouse.standin.key.SigningKey;
import io.gatehouse.standin.page.ErrorPage;
import io.gatehouse.standin.state.Application;
import io.gatehouse.standin.state.AuthorizationCodes;
import io.gatehouse.standin.state.Authorizations;
import io.gatehouse.standin.state.Calls;
import io.gatehouse.standin.state.Clients;
import io.gatehouse.standin.state.LastTokenRequest;
import io.gatehouse.standin.state.LiveLogins;
import io.gatehouse.standin.state.PendingLogins;
import io.gatehouse.standin.trouble.ApiTrouble;
import io.gatehouse.standin.trouble.RefreshTrouble;
import io.gatehouse.standin.trouble.Script;
import io.gatehouse.standin.wallet.People;
import io.gatehouse.standin.wallet.WalletEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Starts the stand-in for the Verifier. The stand-in keeps nothing beyond its process. */
// Name each auto-configuration: searching for all of them takes longer than starting these.
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
  Endpoints.class,
  ControlApi.class,
  Filters.class,
  WalletEndpoint.class,
  ErrorPage.class,
  OfferingsEndpoint.class,
  Clients.class,
  People.class,
  Application.class,
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

  private static final String READY = "stand-in ready at ";

  /**
   * Runs the stand-in until its process ends.
   *
   * @param args options, which {@code --help} lists
   */
  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.print(help());
      return;
    }
    ConfigurableApplicationContext context;
    try {
      context = start(args);
    } catch (RuntimeException e) {
      // Spring has logged the details; this last line is for a reader of the end of the log.
      System.err.println(
          "stand-in not started: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
      System.exit(1);
      return;
    }
    var application = context.getBean(Application.class);
    System.out.println(READY + context.getBean(Issuer.class).discovered());
    System.out.println("properties for the application:");
    application.properties().forEach((name, value) -> System.out.println(name + "=" + value));
    var settings = context.getBean(Settings.class);
    if (settings.application() != null) {
      // Not among the other properties: the application may get more addresses later, with one
      // configuration for all of them.
      System.out.println("gatehouse.public-url=" + settings.application().replaceFirst("/+$", ""));
    }
    if (settings.endWithInput()) {
      // The parent process has ended, for whatever reason, when its end of the pipe is closed.
      System.in.transferTo(OutputStream.nullOutputStream());
      context.close();
    }
  }

  private static String help() throws IOException {
    try (var in = Objects.requireNonNull(StandIn.class.getResourceAsStream("/help.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
