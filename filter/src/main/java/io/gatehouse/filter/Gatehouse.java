package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.health.ServerKnowledge;
import io.gatehouse.protocol.AuthorizationResponse;
import io.gatehouse.protocol.AuthorizationResponses;
import io.gatehouse.protocol.AuthorizationServer;
import io.gatehouse.protocol.EndSession;
import io.gatehouse.protocol.EndedSessions;
import io.gatehouse.protocol.LocalMarks;
import io.gatehouse.protocol.LoginKeyRing;
import io.gatehouse.protocol.LogoutTokenVerifier;
import io.gatehouse.protocol.Marks;
import io.gatehouse.protocol.SecuredResponses;
import io.gatehouse.protocol.SpentLogins;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One application's Gatehouse, put together from its configuration. */
final class Gatehouse implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Telemetry telemetry;
  private final Journal journal;
  private final LiveSessions liveSessions;
  private final ServerSide serverSide;
  private final LoginsByKey logins;
  private final JwksServlet jwks;
  private final BoundedLog log;
  private final Judgements judgements = new Judgements();
  private final Optional<String> name;
  private final Map<String, Servlet> servlets = new LinkedHashMap<>();
  private final PublicPaths publicPaths;
  private final AccessRules accessRules;
  private final AccessCheck accessCheck;
  private final UserSession session;
  private final LoginRedirect loginRedirect;
  private final Problems problems;

  /**
   * What this node shares with others of the same application.
   *
   * @param refreshes where it tells them of refreshes; empty for a node that is alone
   */
  record Shared(Marks marks, Optional<SharedCache> refreshes) {
    /** Of a node that is alone. */
    static Shared withNobody(Clock clock) {
      return new Shared(new LocalMarks(clock), Optional.empty());
    }
  }

  Gatehouse(
      Configuration configuration,
      Shared shared,
      Events events,
      Telemetry watching,
      Clock clock,
      SecureRandom random) {
    name = configuration.application().oneOfSeveral();
    var server = configuration.server();
    var registration = configuration.client();
    var application = configuration.application();
    var path = application.path();
    var publicUrl = application.publicUrl();

    logins = new LoginsByKey(configuration, clock, random);
    var ring = logins.ring();
    var realms = logins.realms();
    liveSessions = new LiveSessions(name.map(NamedSession::prefix).orElse("") + Tokens.ATTRIBUTE);
    telemetry = watching;
    journal =
        new Journal(
            new AuditLog(name, server.issuer(), clock),
            telemetry,
            configuration.modes().request() == RequestMode.HOSTED,
            clock);
    serverSide = new ServerSide(configuration, journal::called, clock, random);
    telemetry.show("gatehouse.server.calls.active", "{call}", serverSide::callsUnderWay);
    telemetry.show("gatehouse.server.calls.limit", "{call}", configuration.http()::maxCalls);
    telemetry.show("gatehouse.sessions", "{session}", liveSessions::count);
    var authorizationServer = serverSide.server();
    var tokenEndpoint = serverSide.tokenEndpoint();
    var idTokens = serverSide.idTokens();
    var roles = serverSide.roles();
    log = new BoundedLog(clock);
    var rules =
        new CallbackServlet.Rules(
            authorizationServer,
            responses(configuration, authorizationServer, ring, clock),
            tokenEndpoint,
            idTokens,
            roles,
            new SpentLogins(registration.loginTimeout(), shared.marks(), clock),
            serverSide.patience(),
            clock);

    jwks =
        new JwksServlet(configuration.keys().published(), configuration.modes().idTokenDecrypter());
    publicPaths = application.publicPaths();
    accessRules = configuration.access().rules();
    problems = new Problems(publicUrl, path + "/login", log, journal, random);
    var landing = new Landing(publicUrl, application.landingPage());
    var cookies = new LoginCookies(ring, server.issuer(), path);
    var requests = new RequestSide(configuration, serverSide, ring, journal);
    loginRedirect =
        new LoginRedirect(
            requests.passing(),
            ring,
            cookies,
            publicUrl,
            new LoginPolicy(configuration.access().login(), accessRules),
            landing,
            problems,
            journal);
    accessCheck =
        new AccessCheck(
            accessRules, loginRedirect, problems, landing, registration.clockSkew(), clock);

    var revocation = new Revocation(configuration.logout().revoke(), tokenEndpoint, log);
    var endSession =
        new EndSession(
            configuration.logout().endSession(),
            authorizationServer,
            configuration.logout().postLogoutRedirectUri(),
            path,
            ring);
    var refresh =
        new SessionRefresh(
            realms,
            new RefreshCall(
                authorizationServer, tokenEndpoint, idTokens, roles, log, journal, clock, random),
            shared
                .refreshes()
                .map(it -> refreshOnce(it, ring, configuration, clock))
                .orElse(RefreshOnce.ON_ONE_NODE),
            revocation,
            events,
            configuration.session().refreshAfter(),
            serverSide.patienceToSeeItsEnd(),
            clock);
    var endedSessions = new EndedSessions(shared.marks(), configuration.session().maxLifetime());
    var afterLogout = isPublic("/") ? "/" : path + "/logged-out";
    var logout = new Logout(realms, revocation, endSession, publicUrl, afterLogout);
    session =
        new UserSession(
            realms,
            new UserSession.Limits(
                configuration.session().maxLifetime(), configuration.session().carryOver()),
            endedSessions,
            refresh,
            logout,
            new ApiOrigins(configuration.access().apiOrigins()),
            events,
            journal,
            clock);

    servlets.putAll(requests.servlets());
    servlets.put(path + "/jwks", jwks);
    servlets.put(
        path + "/callback",
        new CallbackServlet(rules, cookies, session, publicUrl, path, landing, problems, journal));
    servlets.put(path + "/login", new LoginServlet(session, loginRedirect, landing, problems));
    servlets.put(
        path + "/logout",
        new LogoutServlet(
            session, publicUrl, cookies, new Landing(publicUrl, afterLogout), problems));
    servlets.put(
        path + "/logged-out",
        new LoggedOutServlet(
            session,
            endSession,
            landing,
            Optional.of(new Landing(publicUrl, "/")).filter(it -> isPublic("/")),
            problems));
    servlets.put(
        path + "/backchannel-logout",
        new BackchannelLogoutServlet(
            new LogoutTokenVerifier(
                authorizationServer,
                server.idTokenIssuer(),
                ring,
                configuration.modes().encryption(),
                registration.clockSkew(),
                shared.marks(),
                clock),
            endedSessions,
            journal,
            clock));
    servlets.put(
        path + "/frontchannel-logout", new FrontchannelLogoutServlet(session, server.issuer()));
    if (name.isPresent()) {
      servlets.replaceAll((at, servlet) -> new NamedServlet(servlet, this::behind));
    }
  }

  // A call reads metadata, keys and the answer, each within the time-out; a node that is slower to
  // say what came of it counts as dead.
  private RefreshOnce refreshOnce(
      SharedCache cache, LoginKeyRing ring, Configuration configuration, Clock clock) {
    var calls = configuration.http().timeout().multipliedBy(3);
    var longestCall = calls.plusSeconds(5).plus(configuration.client().clockSkew());
    return new SharedRefreshes(cache, ring, longestCall, serverSide.patienceToSeeItsEnd(), clock);
  }

  /** Begins log-ins under these keys from now on, and shows them in the JWKS. */
  void use(Configuration.Keys keys) {
    jwks.publish(keys.published());
    logins.use(keys);
    LOG.log(
        Logger.Level.INFO,
        "keys or secrets have changed and are in force: client_id {0}, published keys {1}",
        keys.current().clientId(),
        Announcement.kids(keys));
  }

  private static AuthorizationResponses responses(
      Configuration configuration, AuthorizationServer server, LoginKeyRing ring, Clock clock) {
    return configuration.modes().response().isSecured()
        ? new SecuredResponses(
            server,
            configuration.server().issuer(),
            ring,
            configuration.client().clockSkew(),
            clock)
        : AuthorizationResponse::parse;
  }

  /** Asks the server now for what the first log-in would have to wait for. */
  void warmUp() {
    serverSide.warmUp(log);
  }

  /** The first request is there, and with it all that the server gives an application. */
  void firstRequest() {
    telemetry.start();
  }

  /** Counts the sessions that live; the container tells it. */
  LiveSessions liveSessions() {
    return liveSessions;
  }

  /** How old what is known of the server is; what is not known, or old, is asked for meanwhile. */
  ServerKnowledge.Ages ages() {
    return serverSide.ages(log);
  }

  /** Our servlets, by their URL patterns. */
  Map<String, Servlet> servlets() {
    return servlets;
  }

  /** Returns whether a page needs no log-in: what it asks of a user wins over its being public. */
  boolean isPublic(RequestPath path, HttpServletRequest request) {
    return path.publicNames().stream().allMatch(publicPaths::contain)
        && !accessCheck.concerns(path, request);
  }

  /** Returns whether a path needs no log-in. */
  boolean isPublic(String path) {
    return publicPaths.contain(path) && !accessRules.concern(path);
  }

  /** The marks that the filter leaves on what it has judged. */
  Judgements judgements() {
    return judgements;
  }

  /** A request as the application sees it. */
  UserRequest asSeen(HttpServletRequest request, Optional<SessionTokens> tokens) {
    return new UserRequest(request, tokens.orElse(null), loginRedirect, session);
  }

  /** The request with the session that is behind this filter, where the application has several. */
  HttpServletRequest behind(HttpServletRequest request) {
    return name.isPresent() ? new NamedRequest(request, name.get(), this::find) : request;
  }

  private Optional<Tokens> find(HttpSession ofContainer) {
    return Optional.ofNullable(NamedSession.find(ofContainer, name.orElseThrow()))
        .flatMap(session::find);
  }

  /** A request has ended that the filter has not judged, though it is mapped to it. */
  void unguarded(HttpServletRequest request) {
    journal.unguarded(UnguardedRequest.describe(request), request);
  }

  UserSession session() {
    return session;
  }

  AccessCheck accessCheck() {
    return accessCheck;
  }

  LoginRedirect loginRedirect() {
    return loginRedirect;
  }

  Problems problems() {
    return problems;
  }

  @Override
  public void close() {
    telemetry.close();
    serverSide.close();
  }
}
