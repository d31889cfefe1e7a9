package io.gatehouse.internal.login;

import io.gatehouse.internal.access.LoginPolicy;
import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.Navigation;
import io.gatehouse.internal.web.Problem;
import io.gatehouse.internal.web.Problems;
import io.gatehouse.internal.web.PublicUrl;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends the browser to the authorization server to log in. The node stores nothing: all data of the
 * login travels sealed, with the browser and, if the authorization server fetches requests, in
 * their address.
 */
public final class LoginRedirect {
  private static final int MAX_TRIES = 3;

  private final RequestPassing passing;
  private final LoginKeyRing ring;
  private final LoginCookies cookies;
  private final PublicUrl publicUrl;
  private final LoginPolicy policy;
  private final Landing landing;
  private final Problems problems;
  private final EventRecorder recorder;

  public LoginRedirect(
      RequestPassing passing,
      LoginKeyRing ring,
      LoginCookies cookies,
      PublicUrl publicUrl,
      LoginPolicy policy,
      Landing landing,
      Problems problems,
      EventRecorder recorder) {
    this.passing = passing;
    this.ring = ring;
    this.cookies = cookies;
    this.publicUrl = publicUrl;
    this.policy = policy;
    this.landing = landing;
    this.problems = problems;
    this.recorder = recorder;
  }

  /**
   * Sends a person to log in for the page at this path; tells a program that a login is required.
   */
  public void begin(HttpServletRequest request, HttpServletResponse response, RequestPath path)
      throws IOException {
    if (Navigation.isOf(request)) {
      begin(
          request,
          response,
          new WantedPage(path.returnPath(request).orElse(landing.path()), policy.at(request)));
    } else {
      problems.sendLoginNeeded(request, response);
    }
  }

  /** Sends a person to log in who has asked only for the login. */
  public void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var asked = policy.at(landing.pathWithoutQuery(), request);
    begin(request, response, new WantedPage(landing.path(), asked));
  }

  private void begin(HttpServletRequest request, HttpServletResponse response, WantedPage page)
      throws IOException {
    var publicUrlNow = publicUrl.of(request);
    if (publicUrlNow.isEmpty()) {
      problems.send(
          request,
          response,
          Problem.MISCONFIGURED,
          "gatehouse.public-url is not set, which only requests from this machine can do without");
      return;
    }
    // A session that is no longer usable shows that the browser keeps its session cookie.
    if (cookies.tries(request, publicUrlNow.get()) >= MAX_TRIES && !UserSession.wasThere(request)) {
      cookies.forgetTries(response, publicUrlNow.get());
      problems.send(
          request,
          response,
          Problem.LOOP,
          MAX_TRIES + " logins ended well, but the browser came back without its session cookie");
      return;
    }
    if (!cookies.haveRoom(request)) {
      problems.send(
          request,
          response,
          Problem.INVALID_REQUEST,
          "the cookies and headers of this browser leave no room for a login's cookie");
      return;
    }
    try (var step = recorder.telemetry().step("gatehouse.login", Optional.empty())) {
      try {
        redirect(request, response, publicUrlNow.get(), page, step);
        recorder.begun();
      } catch (LoginFailedException e) {
        step.refused(Problem.of(e.failure()).key());
        throw e;
      }
    } catch (LoginFailedException e) {
      problems.send(request, response, e, ""); // the same page again
    }
  }

  private void redirect(
      HttpServletRequest request,
      HttpServletResponse response,
      String publicUrlNow,
      WantedPage page,
      Telemetry.Step step)
      throws LoginFailedException {
    var login = ring.begin();
    var passed = passing.pass(login, page.requested(), publicUrlNow);
    SafeHeaders.set(response);
    // Never 307 or 308, by which a browser would resend a body (RFC 9700 4.12).
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", passed.location());
    cookies.add(
        request,
        response,
        publicUrlNow,
        login,
        new WantedPage(page.returnPath(), passed.requested()),
        step.context());
  }
}
