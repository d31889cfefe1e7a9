package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.health.ServerKnowledge;
import io.gatehouse.internal.access.Judgements;
import io.gatehouse.internal.access.PublicPaths;
import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.login.AccessCheck;
import io.gatehouse.internal.login.LoginRedirect;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.session.Events;
import io.gatehouse.internal.session.LiveSessions;
import io.gatehouse.internal.session.NamedSession;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Problems;
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

  private final Optional<String> name;
  private final Judgements judgements = new Judgements();
  private final LiveSessions liveSessions;
  private final CommonParts common;
  private final PublicPaths publicPaths;
  private final UserSession session;
  private final LoginParts logins;
  private final Map<String, Servlet> servlets = new LinkedHashMap<>();

  Gatehouse(
      Configuration configuration,
      ClusterParts.Shared shared,
      Events events,
      Telemetry telemetry,
      Clock clock,
      SecureRandom random) {
    name = configuration.application().oneOfSeveral();
    liveSessions = new LiveSessions(name.map(NamedSession::prefix).orElse("") + Tokens.ATTRIBUTE);
    common = CommonParts.of(configuration, telemetry, clock, random);
    publicPaths = common.publicPages().paths();
    var cluster = ClusterParts.of(common, shared);
    var sessions = SessionParts.of(common, cluster, events);
    session = sessions.session();
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

  /** Begins log-ins under these keys from now on, and shows them in the JWKS. */
  void use(Configuration.Keys keys) {
    logins.jwks().publish(keys.published());
    common.logins().use(keys);
    LOG.log(
        Logger.Level.INFO,
        "keys or secrets have changed and are in force: client_id {0}, published keys {1}",
        keys.current().clientId(),
        Announcement.kids(keys));
  }

  /** Asks the server now for what the first log-in would have to wait for. */
  void warmUp() {
    common.serverParts().warmUp(common.log());
  }

  /** The first request is there, and with it all that the server gives an application. */
  void firstRequest() {
    common.telemetry().start();
  }

  /** Counts the sessions that live; the container tells it. */
  LiveSessions liveSessions() {
    return liveSessions;
  }

  /** How old what is known of the server is; what is not known, or old, is asked for meanwhile. */
  ServerKnowledge.Ages ages() {
    return common.serverParts().ages(common.log());
  }

  /** Our servlets, by their URL patterns. */
  Map<String, Servlet> servlets() {
    return servlets;
  }

  /** Returns whether a page needs no log-in: what it asks of a user wins over its being public. */
  boolean isPublic(RequestPath path, HttpServletRequest request) {
    return path.publicNames().stream().allMatch(publicPaths::contains)
        && !logins.accessCheck().concerns(path, request);
  }

  /** Returns whether a path needs no log-in. */
  boolean isPublic(String path) {
    return common.publicPages().contains(path);
  }

  /** The markers that the filter leaves on what it has judged. */
  Judgements judgements() {
    return judgements;
  }

  /** A request as the application sees it. */
  UserRequest asSeen(HttpServletRequest request, Optional<SessionTokens> tokens) {
    return new UserRequest(request, tokens.orElse(null), logins.redirect(), session);
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
    common.recorder().unguarded(UnguardedRequest.describe(request), request);
  }

  UserSession session() {
    return session;
  }

  AccessCheck accessCheck() {
    return logins.accessCheck();
  }

  LoginRedirect loginRedirect() {
    return logins.redirect();
  }

  Problems problems() {
    return common.problems();
  }

  @Override
  public void close() {
    common.telemetry().close();
    common.serverParts().close();
  }
}
