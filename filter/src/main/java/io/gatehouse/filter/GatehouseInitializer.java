package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.protocol.EndedSessions;
import io.gatehouse.protocol.LogoutTokenVerifier;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionTrackingMode;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Starts Gatehouse with the application, if its web.xml has the filter: reads the configuration,
 * which stops the deployment if it is wrong, and adds a servlet for each of our own paths. (A
 * filter can add none: it is initialized too late, Servlet 6.0 section 4.4.)
 */
public final class GatehouseInitializer implements ServletContainerInitializer {
  static final String ATTRIBUTE = Gatehouse.class.getName();

  private static final Logger LOG = System.getLogger("io.gatehouse");

  /** For the container. */
  public GatehouseInitializer() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    var filters =
        context.getFilterRegistrations().values().stream()
            .filter(it -> GatehouseFilter.class.getName().equals(it.getClassName()))
            .toList();
    if (filters.isEmpty()) {
      return; // the jar is there but not in use
    }
    if (filters.size() > 1) {
      throw new ServletException(
          "web.xml has the Gatehouse filter twice; one filter can have several mappings");
    }
    try {
      NeededApis.require();
      start(context, filters.get(0).getInitParameters());
    } catch (ConfigurationException e) {
      throw new ServletException(e.getMessage());
    }
  }

  private static void start(ServletContext context, Map<String, String> initParameters) {
    var configuration =
        ConfigurationReader.read(
            ConfigProvider.getConfig(), initParameters, context.getClassLoader());
    var clock = Clock.systemUTC();
    var shared = shared(configuration, clock, context.getClassLoader());
    var gatehouse =
        new Gatehouse(
            configuration, shared, Events.of(context.getClassLoader()), clock, new SecureRandom());
    context.setAttribute(ATTRIBUTE, gatehouse);
    context.setAttribute(Tokens.FINDER, gatehouse.tokensFinder());
    gatehouse.servlets().forEach((pattern, servlet) -> add(context, pattern, servlet));
    protectSessionCookie(context, configuration);
    context.addListener(new Closing(gatehouse));
    if (configuration.http().warmUp()) {
      gatehouse.warmUp();
    }
    announce(configuration);
  }

  private static Gatehouse.Shared shared(
      Configuration configuration, Clock clock, ClassLoader classLoader) {
    var name = configuration.session().sharedCache();
    if (name.isEmpty()) {
      return Gatehouse.Shared.withNobody(clock);
    }
    var prefix =
        Fingerprint.of(configuration.server().issuer(), configuration.client().clientId()) + ":";
    var longest = EndedSessions.longestKept(configuration.session().maxLifetime());
    try {
      var caches = caches(name.get(), prefix, classLoader);
      var sessions = caches.open("", longest);
      return new Gatehouse.Shared(
          new SharedMarks(sessions, caches.open("-once", onceOnly(configuration)), clock),
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
    var client = configuration.client();
    var logoutTokens = LogoutTokenVerifier.longestKept(client.clockSkew());
    var logins = client.loginTimeout().plus(client.clockSkew());
    return logins.compareTo(logoutTokens) > 0 ? logins : logoutTokens;
  }

  private static SharedCaches caches(String name, String prefix, ClassLoader classLoader) {
    return name.startsWith("map:")
        ? new BoundMaps(name.substring("map:".length()), prefix)
        : JCaches.of(name.substring("jcache:".length()), prefix, classLoader);
  }

  private static void add(ServletContext context, String pattern, Servlet servlet) {
    var registration = context.addServlet("gatehouse " + pattern, servlet);
    registration.setAsyncSupported(true);
    if (!registration.addMapping(pattern).isEmpty()) {
      throw new ConfigurationException(
          List.of("gatehouse.path is in use: the application has a servlet at " + pattern));
    }
  }

  // The session is the key to the tokens: never in a URL, never readable for a script.
  private static void protectSessionCookie(ServletContext context, Configuration configuration) {
    context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
    var cookie = context.getSessionCookieConfig();
    cookie.setHttpOnly(true);
    if (cookie.getAttribute("SameSite") == null) {
      cookie.setAttribute("SameSite", "Lax");
    }
    if (configuration
        .application()
        .publicUrl()
        .configured()
        .filter(PublicUrl::isSecure)
        .isPresent()) {
      cookie.setSecure(true);
    }
  }

  private static void announce(Configuration configuration) {
    var application = configuration.application();
    var base = application.publicUrl().configured().orElse("http://localhost:PORT/CONTEXT");
    var fetched = application.backendUrl().map(Object::toString).orElse(base);
    LOG.log(
        Logger.Level.INFO,
        "Gatehouse is on. To register at {0}: client_id {1}, redirect_uri {2}{3}/callback,"
            + " {5}, jwks_uri {4}{3}/jwks. If the server has log-out:"
            + " post_logout_redirect_uri {2}{3}/logged-out,"
            + " backchannel_logout_uri {4}{3}/backchannel-logout",
        configuration.server().issuer(),
        configuration.client().clientId(),
        base,
        application.path(),
        fetched,
        configuration.modes().request().registration(fetched + application.path()));
  }

  private record Closing(Gatehouse gatehouse) implements ServletContextListener {
    @Override
    public void contextDestroyed(ServletContextEvent event) {
      gatehouse.close();
    }
  }
}
