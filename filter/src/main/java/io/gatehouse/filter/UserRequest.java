package io.gatehouse.filter;

import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.login.LoginRedirect;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.session.VerifiedUser;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request as the application sees it, with its user (Servlet 6.0 section 13.3). */
final class UserRequest extends HttpServletRequestWrapper {
  private final HttpServletRequest request;
  private final LoginRedirect loginRedirect;
  private final UserSession session;
  private @Nullable SessionTokens tokens;
  private @Nullable VerifiedUser user;

  /**
   * Creates the request.
   *
   * @param tokens the tokens of the user; null on a public page without a logged-in user
   */
  UserRequest(
      HttpServletRequest request,
      @Nullable SessionTokens tokens,
      LoginRedirect loginRedirect,
      UserSession session) {
    super(request);
    this.request = request;
    this.tokens = tokens;
    this.user = tokens == null ? null : tokens.current().user();
    this.loginRedirect = loginRedirect;
    this.session = session;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return user == null ? super.getUserPrincipal() : user;
  }

  @Override
  public @Nullable String getRemoteUser() {
    return user == null ? super.getRemoteUser() : user.getName();
  }

  @Override
  public @Nullable String getAuthType() {
    return user == null ? super.getAuthType() : "OIDC";
  }

  // Servlet 6.0, HttpServletRequest: "*" is not a role, and "**" is any logged-in user.
  @Override
  public boolean isUserInRole(@Nullable String role) {
    if (user == null) {
      return super.isUserInRole(role);
    }
    return role != null
        && (role.equals("**") || (!role.equals("*") && user.roles().contains(role)));
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
    if (tokens != null) {
      session.logout().end(tokens);
    }
    session.end(request); // on a public page whose user cannot be recognized now
    tokens = null;
    user = null;
  }
}
