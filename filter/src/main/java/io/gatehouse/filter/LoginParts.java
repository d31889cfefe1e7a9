package io.gatehouse.filter;

import io.gatehouse.internal.access.LoginPolicy;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.login.AccessCheck;
import io.gatehouse.internal.login.CallbackServlet;
import io.gatehouse.internal.login.JwksServlet;
import io.gatehouse.internal.login.LoginCookies;
import io.gatehouse.internal.login.LoginRedirect;
import io.gatehouse.internal.login.LoginServlet;
import io.gatehouse.internal.login.RequestSide;
import io.gatehouse.internal.login.ScriptServlet;
import io.gatehouse.internal.login.SessionServlet;
import io.gatehouse.internal.protocol.AuthorizationResponse;
import io.gatehouse.internal.protocol.AuthorizationResponses;
import io.gatehouse.internal.protocol.SecuredResponses;
import io.gatehouse.internal.protocol.SpentLogins;
import io.gatehouse.internal.server.CallKind;
import jakarta.servlet.Servlet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parts that log in the users of one application and check their access to pages. */
record LoginParts(
    LoginRedirect redirect,
    AccessCheck accessCheck,
    LoginCookies cookies,
    JwksServlet jwks,
    Map<String, Servlet> servlets) {

  static LoginParts of(CommonParts common, ClusterParts cluster, SessionParts sessions) {
    var configuration = common.configuration();
    var publicUrl = configuration.application().publicUrl();
    var ring = common.logins().ring();
    var cookies =
        new LoginCookies(ring, configuration.server().issuer(), configuration.application().path());
    var requests =
        new RequestSide(
            configuration,
            common.serverParts().server(),
            common.serverParts().pushedRequests(),
            ring,
            common.recorder());
    var rules = common.rules();
    var redirect =
        new LoginRedirect(
            requests.passing(),
            ring,
            cookies,
            publicUrl,
            new LoginPolicy(configuration.access().login(), rules),
            common.landing(),
            common.problems(),
            common.recorder());
    var accessCheck =
        new AccessCheck(
            rules,
            redirect,
            common.problems(),
            common.landing(),
            configuration.registration().clockSkew(),
            common.clock());
    var jwks =
        new JwksServlet(configuration.keys().published(), configuration.modes().idTokenDecrypter());
    var servlets = new LinkedHashMap<>(requests.servlets());
    servlets.put(common.ownPaths().jwks(), jwks);
    servlets.put(common.ownPaths().callback(), callback(common, cluster, sessions, cookies));
    servlets.put(
        common.ownPaths().login(),
        new LoginServlet(sessions.session(), redirect, common.landing(), common.problems()));
    servlets.put(
        common.ownPaths().session(), new SessionServlet(sessions.session(), common.problems()));
    servlets.put(common.ownPaths().keepOpen(), new ScriptServlet());
    return new LoginParts(redirect, accessCheck, cookies, jwks, servlets);
  }

  private static CallbackServlet callback(
      CommonParts common, ClusterParts cluster, SessionParts sessions, LoginCookies cookies) {
    var configuration = common.configuration();
    var server = common.serverParts();
    var loginTimeout = configuration.registration().loginTimeout();
    var rules =
        new CallbackServlet.Rules(
            server.server(),
            responses(common, configuration),
            server.tokenEndpoint(CallKind.LOGIN),
            server.idTokens(),
            server.roles(),
            new SpentLogins(loginTimeout, cluster.markers(), common.clock()),
            server.boundedWait(),
            common.clock());
    return new CallbackServlet(
        rules,
        cookies,
        sessions.session(),
        sessions.start(),
        configuration.application().publicUrl(),
        configuration.application().path(),
        common.landing(),
        common.problems(),
        common.recorder());
  }

  private static AuthorizationResponses responses(CommonParts common, Configuration configuration) {
    return configuration.modes().response().isSecured()
        ? new SecuredResponses(
            common.serverParts().server(),
            configuration.server().issuer(),
            common.logins().ring(),
            configuration.registration().clockSkew(),
            common.clock())
        : AuthorizationResponse::parse;
  }
}
