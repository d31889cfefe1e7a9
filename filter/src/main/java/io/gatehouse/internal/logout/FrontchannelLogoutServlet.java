package io.gatehouse.internal.logout;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.LogoutEvent;
import io.gatehouse.internal.server.Origin;
import io.gatehouse.internal.server.Parameters;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Body;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.Navigation;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The page that the authorization server shows in a frame of its logout page, so that the browser's
 * session here ends too (OpenID Connect Front-Channel Logout 1.0 section 2). Any site can show this
 * page, so the request must carry the session's own {@code iss} and {@code sid}. The request leaves
 * no marker of an ended session: otherwise anyone could fill the memory.
 */
public final class FrontchannelLogoutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] EMPTY_PAGE =
      "<!DOCTYPE html>\n<html lang=\"en\"><title></title></html>\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final transient UserSession session;
  private final String contentSecurityPolicy;

  /**
   * Creates the servlet.
   *
   * @param issuer the issuer of the authorization server, whose pages may show ours in a frame
   */
  public FrontchannelLogoutServlet(UserSession session, String issuer) {
    this.session = session;
    this.contentSecurityPolicy =
        "default-src 'none'; frame-ancestors " + Origin.of(URI.create(issuer));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET"), request, response)) {
      return;
    }
    if (!Navigation.isSpeculative(request)) {
      Optional.ofNullable(request.getSession(false))
          .filter(it -> !request.isRequestedSessionIdFromURL())
          .flatMap(session::own)
          .ifPresent(it -> endIfMeant(it, request));
    }
    SafeHeaders.set(response);
    response.setHeader("Content-Security-Policy", contentSecurityPolicy);
    response.setStatus(HttpServletResponse.SC_OK); // always 200: reveals no session
    response.setContentType("text/html");
    response.setCharacterEncoding("UTF-8");
    Body.send(response, EMPTY_PAGE);
  }

  // The tokens of the login that is meant, or those of a login since would end too.
  private static void endIfMeant(SessionTokens tokens, HttpServletRequest request) {
    var known = tokens.current();
    if (isMeant(known.user(), request)) {
      tokens.endIfStill(known, LogoutEvent.Cause.SERVER);
    }
  }

  // Section 3: without iss and sid any site could log users out, by a frame or an image.
  private static boolean isMeant(AuthenticatedUser user, HttpServletRequest request) {
    var query = Parameters.parse(Optional.ofNullable(request.getQueryString()).orElse(""));
    var iss = query.flatMap(it -> it.once("iss"));
    var sid = query.flatMap(it -> it.once("sid"));
    return iss.isPresent()
        && sid.isPresent()
        && iss.get().equals(user.issuer())
        && sid.get().equals(user.claims().get("sid"));
  }
}
