package io.gatehouse.standin.filter;

import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.key.SigningKey;
import io.gatehouse.standin.state.Authorizations;
import io.gatehouse.standin.state.Calls;
import io.gatehouse.standin.state.Clients;
import io.gatehouse.standin.state.LastTokenRequest;
import io.gatehouse.standin.strict.TokenRequestRules;
import io.gatehouse.standin.trouble.DroppedConnection;
import io.gatehouse.standin.trouble.RefreshTrouble;
import io.gatehouse.standin.trouble.Script;
import io.gatehouse.standin.trouble.TroubledRefresh;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/**
 * Registers the filters in the order in which a request passes the reverse proxy, the counting and
 * the refusals.
 */
@Configuration(proxyBeanMethods = false)
public final class Filters {

  @Bean
  FilterRegistrationBean<Prefix> prefix(Settings settings) {
    return at(0, new Prefix(settings.verifier()));
  }

  @Bean
  FilterRegistrationBean<Observation> observation(
      Settings settings,
      Calls calls,
      LastTokenRequest lastTokenRequest,
      Authorizations authorizations) {
    return at(
        1,
        new Observation(settings, calls, lastTokenRequest, new TokenRequestRules(authorizations)));
  }

  @Bean
  FilterRegistrationBean<RateLimit> rateLimit(Settings settings) {
    return at(2, new RateLimit(settings.requestsPerMinute(), Clock.systemUTC()));
  }

  // Spring answers a foreign Origin with 403 and the text "Invalid CORS request".
  @Bean
  FilterRegistrationBean<CorsFilter> cors(Clients clients) {
    return at(
        3,
        new CorsFilter(
            request -> request.getServletPath().startsWith("/oidc/") ? allowed(clients) : null));
  }

  @Bean
  FilterRegistrationBean<TroubledRefresh> troubledRefresh(
      Script<RefreshTrouble> script, SigningKey key) {
    return at(4, new TroubledRefresh(script, key));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> droppedConnection() {
    return tomcat -> tomcat.addEngineValves(new DroppedConnection());
  }

  private static CorsConfiguration allowed(Clients clients) {
    var allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(clients.origins());
    allowed.setAllowedMethods(List.of("GET", "POST"));
    allowed.setAllowedHeaders(List.of("*"));
    return allowed;
  }

  private static <F extends Filter> FilterRegistrationBean<F> at(int place, F filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
    return registration;
  }
}
