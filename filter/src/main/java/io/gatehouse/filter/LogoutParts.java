package io.gatehouse.filter;

import io.gatehouse.internal.login.LoginCookies;
import io.gatehouse.internal.logout.BackchannelLogoutServlet;
import io.gatehouse.internal.logout.FrontchannelLogoutServlet;
import io.gatehouse.internal.logout.LoggedOutServlet;
import io.gatehouse.internal.logout.LogoutServlet;
import io.gatehouse.internal.protocol.LogoutTokenVerifier;
import io.gatehouse.internal.web.Landing;
import jakarta.servlet.Servlet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Creates the servlets that log out the users of one application, at the user's or at the
 * authorization server's request.
 */
final class LogoutParts {
  private LogoutParts() {}

  /** Returns the servlets, by their URL patterns. */
  static Map<String, Servlet> servlets(
      CommonParts common, ClusterParts cluster, SessionParts sessions, LoginCookies cookies) {
    var paths = common.ownPaths();
    var publicUrl = common.configuration().application().publicUrl();
    var servlets = new LinkedHashMap<String, Servlet>();
    servlets.put(
        paths.logout(),
        new LogoutServlet(
            sessions.session(),
            publicUrl,
            common.origins(),
            cookies,
            new Landing(publicUrl, common.afterLogout()),
            common.problems()));
    servlets.put(
        paths.loggedOut(),
        new LoggedOutServlet(
            sessions.session(),
            sessions.endSession(),
            common.landing(),
            Optional.of(new Landing(publicUrl, "/")).filter(it -> common.isStartPublic()),
            common.problems()));
    servlets.put(paths.backchannelLogout(), backchannel(common, cluster, sessions));
    servlets.put(
        paths.frontchannelLogout(),
        new FrontchannelLogoutServlet(
            sessions.session(), common.configuration().server().issuer()));
    return servlets;
  }

  private static Servlet backchannel(
      CommonParts common, ClusterParts cluster, SessionParts sessions) {
    var configuration = common.configuration();
    var verifier =
        new LogoutTokenVerifier(
            common.serverParts().server(),
            configuration.server().idTokenIssuer(),
            common.logins().ring(),
            configuration.modes().encryption(),
            configuration.registration().clockSkew(),
            cluster.markers(),
            common.clock());
    return new BackchannelLogoutServlet(
        verifier,
        cluster.endedSessions(),
        sessions.openResources(),
        common.recorder(),
        common.clock());
  }
}
