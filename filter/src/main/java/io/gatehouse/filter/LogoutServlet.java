package io.gatehouse.filter;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Ends the session here. By POST from the application's own pages only. */
final class LogoutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PublicUrl publicUrl;
  private final transient PublicPaths publicPaths;
  private final transient LoginCookies cookies;
  private final transient Landing landing;
  private final transient Problems problems;

  LogoutServlet(
      PublicUrl publicUrl,
      PublicPaths publicPaths,
      LoginCookies cookies,
      Landing landing,
      Problems problems) {
    this.publicUrl = publicUrl;
    this.publicPaths = publicPaths;
    this.cookies = cookies;
    this.landing = landing;
    this.problems = problems;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("POST"), request, response)) {
      return;
    }
    if (!isFromOwnPage(request)) {
      problems.send(request, response, Problem.FORBIDDEN, "log-out from a page of another site");
      return;
    }
    UserSession.end(request);
    publicUrl.of(request).ifPresent(it -> cookies.forgetTries(response, it));
    if (publicPaths.contain("/")) {
      landing.redirect(request, response, "/");
    } else {
      // Any protected page would lead straight into a new log-in.
      new Page(
              "logged-out",
              Optional.of(problems.loginUrl(request)),
              "action.login",
              Optional.empty())
          .send(request, response, HttpServletResponse.SC_OK);
    }
  }

  // Browsers tell by Sec-Fetch-Site; those that do not send Origin with every POST (RFC 6454 7.3).
  private boolean isFromOwnPage(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    var origin = request.getHeader("Origin");
    return origin != null
        && publicUrl.of(request).map(URI::create).map(LogoutServlet::origin).stream()
            .anyMatch(origin::equals);
  }

  // As browsers write it: a host in lower case, and no port where it is the usual one (RFC 6454
  // 6.2)
  private static String origin(URI url) {
    var usualPort = PublicUrl.isSecure(url.toString()) ? 443 : 80;
    var port = url.getPort() < 0 || url.getPort() == usualPort ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + port;
  }
}
