package io.gatehouse.filter;

import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.login.LoginRedirect;
import io.gatehouse.internal.session.OpenResources;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.session.VerifiedUser;
import io.gatehouse.internal.web.Handshake;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the application sees it, with its user (Servlet 6.0 section 13.3). */
final class UserRequest extends HttpServletRequestWrapper {
  private final HttpServletRequest request;
  private final LoginRedirect loginRedirect;
  private final UserSession session;
  private final OpenResources openResources;
  private volatile @Nullable SessionTokens tokens;
  private volatile @Nullable VerifiedUser user;

  /**
   * Creates the request.
   *
   * @param tokens the tokens of the user; null on a public page without a logged-in user
   */
  UserRequest(
      HttpServletRequest request,
      @Nullable SessionTokens tokens,
      LoginRedirect loginRedirect,
      UserSession session,
      OpenResources openResources) {
    super(request);
    this.request = request;
    this.tokens = tokens;
    this.user = tokens == null ? null : tokens.current().user();
    this.loginRedirect = loginRedirect;
    this.session = session;
    this.openResources = openResources;
  }

  /** Returns the request of an earlier dispatch that a further dispatch still shows. */
  static Optional<UserRequest> in(ServletRequest request, UserSession ofSameFilter) {
    for (var it = request; it instanceof ServletRequestWrapper wrapper; it = wrapper.getRequest()) {
      if (it instanceof UserRequest earlier && earlier.session == ofSameFilter) {
        return Optional.of(earlier);
      }
    }
    return Optional.empty();
  }

  /** Shows no user from now on unless these are tokens of the same login. */
  void seeAgain(Optional<SessionTokens> now) {
    var before = tokens;
    if (before != null
        && now.filter(it -> it.current().isOfSameLogin(before.current())).isEmpty()) {
      showNoUser();
    }
  }

  /** Shows no user from now on if the session has ended. */
  void seeAgain() {
    var before = tokens;
    if (before != null && before.hasEnded()) {
      showNoUser();
    }
  }

  private void showNoUser() {
    tokens = null;
    user = null;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    var shown = user;
    var held = tokens;
    if (shown == null || held == null) {
      return super.getUserPrincipal();
    }
    return Handshake.isOf(request) ? shown.holding(held) : shown;
  }

  @Override
  public @Nullable String getRemoteUser() {
    var shown = user;
    return shown == null ? super.getRemoteUser() : shown.getName();
  }

  @Override
  public @Nullable String getAuthType() {
    return user == null ? super.getAuthType() : "OIDC";
  }

  // Servlet 6.0, HttpServletRequest: "*" is not a role, and "**" is any logged-in user.
  @Override
  public boolean isUserInRole(@Nullable String role) {
    var shown = user;
    if (shown == null) {
      return super.isUserInRole(role);
    }
    return role != null
        && (role.equals("**") || (!role.equals("*") && shown.roles().contains(role)));
  }

  /** Sends the user to log in, and back to this page, if no user is logged in. */
  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException {
    if (user != null) {
      return true;
    }
    loginRedirect.begin(request, response, RequestPath.of(request));
    return false;
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass)
      throws IOException, ServletException {
    var handler = super.upgrade(handlerClass);
    var held = tokens;
    if (held != null) {
      openResources.keepUpgrade(held, handler);
    }
    return handler;
  }

  @Override
  public void login(String username, String password) throws ServletException {
    throw new ServletException("users log in at the server, never with a password here");
  }

  /**
   * Ends the session, and revokes its refresh token if configured. The browser's session at the
   * authorization server continues, since only {@code Tokens.logout()} returns an address to send
   * the browser to.
   */
  @Override
  public void logout() {
    var ended = tokens;
    if (ended != null) {
      session.logout().end(ended);
    }
    session.end(request); // on a public page whose user cannot be recognized now
    showNoUser();
  }
}
