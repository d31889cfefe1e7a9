package io.gatehouse.filter;

import io.gatehouse.AuthenticatedUser;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request of a logged-in user, as Servlet 6.0 section 13.3 describes one. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
  private @Nullable AuthenticatedUser user;

  AuthenticatedRequest(HttpServletRequest request, AuthenticatedUser user) {
    super(request);
    this.user = user;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return user;
  }

  @Override
  public @Nullable String getRemoteUser() {
    return user == null ? null : user.getName();
  }

  @Override
  public @Nullable String getAuthType() {
    return user == null ? null : "OIDC";
  }

  /** No roles are configured yet, so nobody has one. */
  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public boolean authenticate(HttpServletResponse response) {
    return user != null;
  }

  @Override
  public void login(String username, String password) throws ServletException {
    throw new ServletException("users log in at the server, never with a password here");
  }

  /** Ends the session. */
  @Override
  public void logout() {
    user = null;
    UserSession.end(this);
  }
}
