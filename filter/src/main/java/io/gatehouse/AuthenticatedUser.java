package io.gatehouse;

import java.security.Principal;
import java.util.Map;
import java.util.Set;

/**
 * The logged-in user, as the verified ID token describes them; what {@code
 * HttpServletRequest.getUserPrincipal()} returns behind Gatehouse. Two users are equal if issuer
 * and subject are (OpenID Connect Core 1.0 section 5.7).
 */
public interface AuthenticatedUser extends Principal {
  /** {@return the server that vouches for this user: the ID token's {@code iss}} */
  String issuer();

  /**
   * The ID token's {@code sub}: unique at its issuer, never given to another user, and so the key
   * under which an application stores what belongs to a user.
   *
   * @return up to 255 characters
   */
  String subject();

  /** The subject; {@code HttpServletRequest.getRemoteUser()} returns it too. */
  @Override
  String getName();

  /**
   * A name to greet the user with: the first of {@code name}, {@code preferred_username}, {@code
   * email} and {@code sub} that the server sent. Chosen by the user at many servers, so never a key
   * and never a basis for a decision.
   *
   * @return text that may have any characters: escape it in a page
   */
  String displayName();

  /**
   * What {@code HttpServletRequest.isUserInRole} says yes to: the roles that {@code
   * gatehouse.roles} finds, and the application's own names for them by {@code
   * gatehouse.role-links}.
   *
   * @return unmodifiable; may be empty
   */
  Set<String> roles();

  /**
   * All claims of the ID token (OpenID Connect Core 1.0 sections 2 and 5.1). Values are {@code
   * String}, {@code Boolean}, {@code Long}, {@code BigDecimal}, {@code List} and {@code Map} of the
   * same; claims that are JSON null are left out. A later ID token, from a refresh, renews the
   * claims that it has.
   *
   * @return unmodifiable, by the claims' names
   */
  Map<String, Object> claims();

  /** {@return {@link #issuer()}, for JSP and EL} */
  default String getIssuer() {
    return issuer();
  }

  /** {@return {@link #subject()}, for JSP and EL} */
  default String getSubject() {
    return subject();
  }

  /** {@return {@link #displayName()}, for JSP and EL} */
  default String getDisplayName() {
    return displayName();
  }

  /** {@return {@link #roles()}, for JSP and EL} */
  default Set<String> getRoles() {
    return roles();
  }

  /** {@return {@link #claims()}, for JSP and EL} */
  default Map<String, Object> getClaims() {
    return claims();
  }
}
