package io.gatehouse.filter;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.health.ServerKnowledge;
import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.Judgements;
import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.access.WelcomeFiles;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.login.AccessCheck;
import io.gatehouse.internal.login.LoginCookies;
import io.gatehouse.internal.login.LoginRedirect;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.session.Events;
import io.gatehouse.internal.session.LiveSessions;
import io.gatehouse.internal.session.OpenResources;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Answers;
import io.gatehouse.internal.web.CachePolicy;
import io.gatehouse.internal.web.Problems;
import io.gatehouse.internal.web.RequestOrigins;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Gatehouse behind one filter, created from its configuration. */
final class Gatehouse implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Optional<String> name;
  private final String foundSession = "io.gatehouse.session." + UUID.randomUUID();
  private final Judgements judgements = new Judgements();
  private final LiveSessions liveSessions;
  private final CommonParts common;
  private final RequestOrigins origins;
  private final UserSession session;
  private final OpenResources openResources;
  private final LoginParts logins;
  private final Map<String, Servlet> servlets = new LinkedHashMap<>();

  Gatehouse(
      Configuration configuration,
      WelcomeFiles welcomeFiles,
      ClusterParts.Shared shared,
      Events events,
      Telemetry telemetry,
      Clock clock,
      SecureRandom random) {
    name = configuration.application().oneOfSeveral();
    common = CommonParts.of(configuration, welcomeFiles, telemetry, clock, random);
    origins = common.origins();
    var cluster = ClusterParts.of(common, shared);
    var sessions = SessionParts.of(common, cluster, events);
    session = sessions.session();
    openResources = sessions.openResources();
    liveSessions = new LiveSessions(name, session);
    logins = LoginParts.of(common, cluster, sessions);
    servlets.putAll(logins.servlets());
    servlets.putAll(LogoutParts.servlets(common, cluster, sessions, logins.cookies()));
    if (name.isPresent()) {
      servlets.replaceAll((at, servlet) -> new NamedServlet(servlet, this::behind));
    }
    telemetry.show("gatehouse.server.calls.active", "{call}", common.serverParts()::callsUnderWay);
    telemetry.show("gatehouse.server.calls.limit", "{call}", configuration.http()::maxCalls);
    telemetry.show("gatehouse.sessions", "{session}", liveSessions::count);
  }

  /** Begins new logins under these keys, and publishes them in the JWKS. */
  void use(Configuration.Keys keys) {
    logins.jwks().publish(keys.published());
    common.logins().use(keys);
    LOG.log(
        Logger.Level.INFO,
        "keys or secrets have changed and are in force: client_id {0}, published keys {1}",
        keys.current().clientId(),
        Announcement.kids(keys));
  }

  /** Does in the background what the first login would have to wait for. */
  void warmUp() {
    common.serverParts().warmUp(common.rehearsal()::run, common.log());
  }

  /**
   * Starts telemetry. Called on the first request, when everything the container provides is
   * available.
   */
  void firstRequest() {
    common.telemetry().start();
  }

  /** Returns the counter of live sessions, to which the container reports. */
  LiveSessions liveSessions() {
    return liveSessions;
  }

  /**
   * Returns the ages of what is known of the authorization server; unknown or old data is fetched
   * in the background.
   */
  ServerKnowledge.Ages ages() {
    return common.serverParts().ages(common.log());
  }

  /** Returns the Gatehouse servlets, by their URL patterns. */
  Map<String, Servlet> servlets() {
    return servlets;
  }

  /** Returns the rules that decide what a request requires. */
  AccessRules rules() {
    return common.rules();
  }

  /** Returns the marks that the filter leaves on judged requests. */
  Judgements judgements() {
    return judgements;
  }

  /** Returns a request as the application sees it. */
  HttpServletRequest asSeen(HttpServletRequest request, Optional<SessionTokens> tokens) {
    return request.getDispatcherType() != DispatcherType.REQUEST
            && UserRequest.in(request, session).isPresent()
        ? asSeenAgain(request, tokens)
        : new UserRequest(request, tokens.orElse(null), logins.redirect(), session, openResources);
  }

  /** Returns a request as a further dispatch sees it: with the user of the first, or none. */
  HttpServletRequest asSeenAgain(HttpServletRequest request, Optional<SessionTokens> tokens) {
    var earlier = UserRequest.in(request, session);
    if (earlier.isPresent()) {
      earlier.get().seeAgain(tokens);
      return request;
    }
    return tokens.isPresent()
        ? new UserRequest(request, tokens.get(), logins.redirect(), session, openResources)
        : request;
  }

  /** Makes the application's own dispatch show no user if the session has ended. */
  void seeAgain(HttpServletRequest request) {
    UserRequest.in(request, session).ifPresent(UserRequest::seeAgain);
  }

  /**
   * Returns the request with the session of this filter, if the application has several filters.
   */
  HttpServletRequest behind(HttpServletRequest request) {
    return name.isPresent()
        ? new NamedRequest(request, name.get(), foundSession, this::tokens, answers())
        : request;
  }

  private Optional<Tokens> tokens(HttpSession ofFilter) {
    return session.find(ofFilter).map(Tokens.class::cast);
  }

  /**
   * Records a request that ended without judgement by the filter, although the filter is mapped to
   * it.
   */
  void unguarded(HttpServletRequest request) {
    common.recorder().unguarded(UnguardedRequest.describe(request), request);
  }

  /** Returns the origins whose pages may open a WebSocket. */
  RequestOrigins origins() {
    return origins;
  }

  CachePolicy cachePolicy() {
    return common.cachePolicy();
  }

  OpenResources openResources() {
    return openResources;
  }

  UserSession session() {
    return session;
  }

  LoginCookies loginCookies() {
    return logins.cookies();
  }

  AccessCheck accessCheck() {
    return logins.accessCheck();
  }

  LoginRedirect loginRedirect() {
    return logins.redirect();
  }

  /** Returns the answers to requests whose user or tokens turn out to be unavailable. */
  Answers answers() {
    return this::answer;
  }

  private void answer(
      RuntimeException thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (thrown instanceof ServerUnavailableException down) {
      problems().sendUnavailable(request, response, down);
    } else { // an application that repeatedly requires a login is a loop like any other
      loginRedirect().begin(request, response, RequestPath.of(request));
    }
  }

  Problems problems() {
    return common.problems();
  }

  @Override
  public void close() {
    liveSessions.applicationEnds();
    openResources.close();
    common.telemetry().close();
    common.serverParts().close();
  }
}
