package io.gatehouse.filter;

import io.gatehouse.internal.protocol.EndSession;
import io.gatehouse.internal.server.CallKind;
import io.gatehouse.internal.session.ApiOrigins;
import io.gatehouse.internal.session.Events;
import io.gatehouse.internal.session.Logout;
import io.gatehouse.internal.session.OpenResources;
import io.gatehouse.internal.session.RefreshCall;
import io.gatehouse.internal.session.Revocation;
import io.gatehouse.internal.session.SessionEnds;
import io.gatehouse.internal.session.SessionRefresh;
import io.gatehouse.internal.session.SessionStart;
import io.gatehouse.internal.session.UserSession;

/** The parts that begin, keep and end the sessions of one application's users. */
record SessionParts(
    UserSession session, SessionStart start, EndSession endSession, OpenResources openResources) {
  static SessionParts of(CommonParts common, ClusterParts cluster, Events events) {
    var configuration = common.configuration();
    var registrations = common.logins().registrations();
    var revocation =
        new Revocation(
            configuration.logout().revoke(),
            common.serverParts().tokenEndpoint(CallKind.SESSION),
            common.log());
    var endSession =
        new EndSession(
            configuration.logout().endSession(),
            common.serverParts().server(),
            configuration.logout().postLogoutRedirectUri(),
            configuration.application().path(),
            common.logins().ring());
    var ends =
        new SessionEnds(
            configuration.session().maxLifetime(), cluster.endedSessions(), common.clock());
    var openResources = new OpenResources(ends);
    var session =
        new UserSession(
            registrations,
            ends,
            openResources,
            refresh(common, cluster, revocation, events),
            new Logout(
                registrations,
                revocation,
                endSession,
                configuration.application().publicUrl(),
                common.afterLogout()),
            new ApiOrigins(configuration.access().apiOrigins()),
            events,
            common.recorder(),
            common.clock());
    var start =
        new SessionStart(session, registrations, configuration.session().carryOver(), ends, events);
    return new SessionParts(session, start, endSession, openResources);
  }

  private static SessionRefresh refresh(
      CommonParts common, ClusterParts cluster, Revocation revocation, Events events) {
    var server = common.serverParts();
    var call =
        new RefreshCall(
            server.server(),
            server.tokenEndpoint(CallKind.SESSION),
            server.tokenEndpoint(CallKind.SESSION_AHEAD),
            server.idTokens(),
            server.roles(),
            common.log(),
            common.recorder(),
            common.clock(),
            common.random());
    return new SessionRefresh(
        common.logins().registrations(),
        call,
        cluster.refreshOnce(),
        revocation,
        events,
        common.configuration().session().refreshAfter(),
        server.waitOfUsers(),
        common.clock());
  }
}
