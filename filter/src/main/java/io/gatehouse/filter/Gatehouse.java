package io.gatehouse.filter;

import io.gatehouse.jose.JwsVerifier;
import io.gatehouse.protocol.AuthorizationServer;
import io.gatehouse.protocol.Client;
import io.gatehouse.protocol.ClientAuthentication;
import io.gatehouse.protocol.HttpServerCalls;
import io.gatehouse.protocol.IdTokenVerifier;
import io.gatehouse.protocol.LoginKeyRing;
import io.gatehouse.protocol.LoginKeys;
import io.gatehouse.protocol.SpentLogins;
import io.gatehouse.protocol.TokenEndpoint;
import jakarta.servlet.Servlet;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One application's Gatehouse, put together from its configuration. */
final class Gatehouse implements AutoCloseable {
  private final HttpServerCalls calls;
  private final Set<String> ownServletPaths;
  private final Map<String, Servlet> servlets = new LinkedHashMap<>();
  private final PublicPaths publicPaths;
  private final UserSession session;
  private final LoginRedirect loginRedirect;
  private final Problems problems;
  private final Landing landing;

  Gatehouse(Configuration configuration, Clock clock, SecureRandom random) {
    var server = configuration.server();
    var registration = configuration.client();
    var application = configuration.application();
    var http = configuration.http();
    var path = application.path();
    var publicUrl = application.publicUrl();

    var client = client(configuration, clock, random);
    var ring = ring(configuration, clock, random);
    calls = new HttpServerCalls(http.connectTimeout(), http.timeout(), http.trust());
    var authorizationServer =
        new AuthorizationServer(
            server.issuer(),
            server.endpoints(),
            new JwsVerifier(server.idTokenAlgorithms()),
            calls,
            clock,
            http.timeout());
    var rules =
        new CallbackServlet.Rules(
            client,
            authorizationServer,
            new TokenEndpoint(authorizationServer, calls, client.authentication()),
            new IdTokenVerifier(
                authorizationServer,
                server.idTokenIssuer(),
                registration.clientId(),
                registration.clockSkew(),
                clock),
            new SpentLogins(registration.loginTimeout(), clock),
            http.timeout(),
            clock);

    publicPaths = application.publicPaths();
    session = new UserSession(server.issuer(), registration.clientId(), clock);
    problems = new Problems(publicUrl, path + "/login", random);
    landing = new Landing(publicUrl, application.landingPage());
    var cookies = new LoginCookies(ring, client.clientId(), path);
    loginRedirect =
        new LoginRedirect(
            client,
            authorizationServer,
            ring,
            cookies,
            publicUrl,
            application.backendUrl(),
            path,
            problems);

    servlets.put(path + "/request/*", new RequestObjectServlet(client, ring, publicUrl, path));
    servlets.put(path + "/jwks", new JwksServlet(configuration.keys().published()));
    servlets.put(
        path + "/callback",
        new CallbackServlet(rules, cookies, session, publicUrl, path, landing, problems));
    servlets.put(path + "/login", new LoginServlet(session, loginRedirect, landing, problems));
    servlets.put(
        path + "/logout", new LogoutServlet(publicUrl, publicPaths, cookies, landing, problems));
    ownServletPaths =
        Set.copyOf(servlets.keySet().stream().map(it -> it.replace("/*", "")).toList());
  }

  private static Client client(Configuration configuration, Clock clock, SecureRandom random) {
    var registration = configuration.client();
    return new Client(
        configuration.server().issuer(),
        registration.clientId(),
        registration.scope(),
        configuration.keys().requestObjectSigner(),
        new ClientAuthentication(
            registration.clientId(),
            registration.audience(),
            registration.assertionTyp(),
            configuration.keys().assertionSigner(),
            clock,
            random),
        registration.clockSkew());
  }

  private static LoginKeyRing ring(Configuration configuration, Clock clock, SecureRandom random) {
    var registration = configuration.client();
    var application = configuration.application().publicUrl().configured().orElse("on loopback");
    List<LoginKeys> keys =
        configuration.keys().material().stream()
            .map(
                it ->
                    new LoginKeys(
                        it.bytes(),
                        configuration.server().issuer(),
                        registration.clientId(),
                        application,
                        random))
            .toList();
    return new LoginKeyRing(
        keys, random, clock, registration.loginTimeout(), registration.clockSkew());
  }

  /** Our servlets, by their URL patterns. */
  Map<String, Servlet> servlets() {
    return servlets;
  }

  /** Whether the container has chosen one of our own servlets for a request. */
  boolean isOwn(String servletPath, Optional<String> pathInfo) {
    return ownServletPaths.contains(servletPath)
        && (pathInfo.isEmpty() || servletPath.endsWith("/request"));
  }

  PublicPaths publicPaths() {
    return publicPaths;
  }

  UserSession session() {
    return session;
  }

  LoginRedirect loginRedirect() {
    return loginRedirect;
  }

  Problems problems() {
    return problems;
  }

  Landing landing() {
    return landing;
  }

  @Override
  public void close() {
    calls.close();
  }
}
