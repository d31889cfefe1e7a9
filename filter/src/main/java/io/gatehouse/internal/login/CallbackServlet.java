package io.gatehouse.internal.login;

import io.gatehouse.internal.jose.JwsPayload;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.protocol.AuthorizationResponse;
import io.gatehouse.internal.protocol.AuthorizationResponses;
import io.gatehouse.internal.protocol.Code;
import io.gatehouse.internal.protocol.IdTokenVerifier;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.SpentLogins;
import io.gatehouse.internal.protocol.TokenEndpoint;
import io.gatehouse.internal.protocol.TokenResponse;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.session.Roles;
import io.gatehouse.internal.session.SessionStart;
import io.gatehouse.internal.session.TokenSet;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.session.VerifiedUser;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.Navigation;
import io.gatehouse.internal.web.Problem;
import io.gatehouse.internal.web.Problems;
import io.gatehouse.internal.web.PublicUrl;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The redirect URI, to which the authorization server sends the browser back and where the login
 * ends. Only the browser that began the login can end it, its code is redeemed once, and only a
 * verified ID token creates a session.
 */
public final class CallbackServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** The parts that check a response and exchange its code for tokens. */
  public record Rules(
      AuthorizationServer server,
      AuthorizationResponses responses,
      TokenEndpoint tokenEndpoint,
      IdTokenVerifier idTokens,
      Roles roles,
      SpentLogins spentLogins,
      BoundedWait boundedWait,
      Clock clock) {}

  private final transient Rules rules;
  private final transient LoginCookies cookies;
  private final transient UserSession session;
  private final transient SessionStart sessionStart;
  private final transient PublicUrl publicUrl;
  private final String ownPath;
  private final transient Landing landing;
  private final transient Problems problems;
  private final transient EventRecorder recorder;

  public CallbackServlet(
      Rules rules,
      LoginCookies cookies,
      UserSession session,
      SessionStart sessionStart,
      PublicUrl publicUrl,
      String ownPath,
      Landing landing,
      Problems problems,
      EventRecorder recorder) {
    this.rules = rules;
    this.cookies = cookies;
    this.session = session;
    this.sessionStart = sessionStart;
    this.publicUrl = publicUrl;
    this.ownPath = ownPath;
    this.landing = landing;
    this.problems = problems;
    this.recorder = recorder;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET"), request, response)) {
      return;
    }
    if (Navigation.isSpeculative(request)) {
      SafeHeaders.set(response);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT); // nothing is consumed
      return;
    }
    try {
      finish(request, response);
    } catch (LoginFailedException e) {
      problems.send(request, response, e);
    }
  }

  private void finish(HttpServletRequest request, HttpServletResponse response)
      throws IOException, LoginFailedException {
    var publicUrlNow =
        publicUrl
            .of(request)
            .orElseThrow(
                () ->
                    invalid(
                        "no login can begin at this address, since gatehouse.public-url is not"
                            + " set"));
    if (rules.responses().mayCallServer() && !cookies.haveAny(request, publicUrlNow)) {
      withoutLogin(request, response, publicUrlNow, Optional.empty());
      return;
    }
    var answer = rules.responses().read(Optional.ofNullable(request.getQueryString()).orElse(""));
    if (answer.isErrorOfNoLogin()) {
      throw answer.errorOfNoLogin(cookies.haveAny(request, publicUrlNow));
    }
    var suffix =
        answer.cookieSuffix().orElseThrow(() -> invalid("state is missing (RFC 6749 4.1.2)"));
    var begun = cookies.find(request, publicUrlNow, suffix);
    if (begun.isEmpty()) {
      withoutLogin(request, response, publicUrlNow, Optional.of(suffix));
      return;
    }
    var login = begun.get();
    try (var step = recorder.telemetry().step("gatehouse.callback", login.trace())) {
      try {
        redeemOnce(request, response, publicUrlNow, answer, login);
      } catch (LoginFailedException e) {
        step.refused(Problem.of(e.failure()).key());
        throw e;
      }
    } catch (LoginFailedException e) {
      // The link leads to the wanted page, which starts a new login.
      problems.send(request, response, e, publicUrlNow + returnPath(login));
    }
  }

  // The user usually pressed Back: this is the used callback of a login that succeeded.
  private void withoutLogin(
      HttpServletRequest request,
      HttpServletResponse response,
      String publicUrlNow,
      Optional<String> suffix)
      throws LoginFailedException {
    if (session.serves(request)) {
      landing.redirect(request, response);
      return;
    }
    suffix.ifPresent(it -> cookies.remove(request, response, publicUrlNow, it));
    throw invalid("no login of this browser has this state (RFC 9700 4.7)");
  }

  private void redeemOnce(
      HttpServletRequest request,
      HttpServletResponse response,
      String publicUrlNow,
      AuthorizationResponse answer,
      LoginCookies.Begun begun)
      throws LoginFailedException {
    var login = begun.login();
    if (begun.expired()) {
      cookies.remove(request, response, publicUrlNow, login.cookieSuffix());
      throw new LoginFailedException(Failure.EXPIRED, "the login took too long");
    }
    var code = answer.codeFor(login, rules.server().metadata());
    var claim = rules.spentLogins().take(login);
    if (claim.isEmpty()) {
      // The next page shows the outcome, even if the wait ended early.
      rules.spentLogins().awaitEnd(login, rules.boundedWait());
      landing.redirect(request, response, returnPath(begun));
      return;
    }
    try {
      cookies.remove(request, response, publicUrlNow, login.cookieSuffix());
      var tokens = tokens(code, begun, publicUrlNow);
      var configured = publicUrl.configured().isPresent();
      if (sessionStart.begin(request, login.client(), tokens, configured ? "" : publicUrlNow)) {
        recorder.loggedIn(login, tokens.audited(), request);
      }
    } finally {
      claim.get().end();
    }
    cookies.countTry(response, publicUrlNow, begun.tries() + 1);
    landing.redirect(request, response, returnPath(begun));
  }

  private String returnPath(LoginCookies.Begun begun) {
    return begun.returnPath().orElse(landing.path());
  }

  private TokenSet tokens(Code code, LoginCookies.Begun begun, String publicUrlNow)
      throws LoginFailedException {
    var redirectUri = new OwnPaths(publicUrlNow + ownPath).callback();
    // Before the call: the tokens live no longer, and a logout that comes meanwhile is later.
    var redeemedAt = rules.clock().millis();
    var answer = redeem(code, begun.login(), redirectUri);
    var idToken = rules.idTokens().verify(answer, begun.login(), begun.requested());
    var compact = idToken.compact();
    var roles = rules.roles().of(JwsPayload.of(compact), answer.accessToken());
    var user = VerifiedUser.ofIdToken(compact, roles);
    return TokenSet.issued(answer, idToken, user, redeemedAt);
  }

  private TokenResponse redeem(Code code, PendingLogin login, String redirectUri)
      throws LoginFailedException {
    try (var step = recorder.telemetry().step("gatehouse.token", Optional.empty())) {
      try {
        return rules.tokenEndpoint().redeem(code, login, redirectUri);
      } catch (LoginFailedException e) {
        step.refused(Problem.of(e.failure()).key());
        throw e;
      }
    }
  }

  private static LoginFailedException invalid(String reason) {
    return new LoginFailedException(Failure.INVALID_REQUEST, "callback: " + reason);
  }
}
