package io.gatehouse;

import java.security.Principal;
import java.util.Map;
import java.util.Set;

/**
 * The logged-in user, as described by the verified ID token. {@code
 * HttpServletRequest.getUserPrincipal()} returns this user behind Gatehouse. Two users are equal if
 * their issuers and subjects are equal (OpenID Connect Core 1.0 section 5.7).
 */
public interface AuthenticatedUser extends Principal {
  /**
   * {@return the issuer identifier of the authorization server that vouches for this user: the ID
   * token's {@code iss}}
   */
  String issuer();

  /**
   * Returns the ID token's {@code sub}. A subject is unique at its issuer and never reassigned to
   * another user, so the pair of issuer and subject is the key under which an application stores a
   * user's data.
   *
   * @return up to 255 characters
   */
  String subject();

  /** Returns the subject, as {@code HttpServletRequest.getRemoteUser()} does. */
  @Override
  String getName();

  /**
   * Returns a name to greet the user with: the first of {@code name}, {@code preferred_username},
   * {@code email} and {@code sub} that the authorization server sent. At many servers users choose
   * this name themselves, so never use this name as a key or as the basis of a decision.
   *
   * @return text that may contain any character; escape the text in a page
   */
  String displayName();

  /**
   * Returns the roles for which {@code HttpServletRequest.isUserInRole} returns true: the roles
   * that {@code gatehouse.roles} finds, and the application's own names for them by {@code
   * gatehouse.role-links}.
   *
   * @return an unmodifiable set; may be empty
   */
  Set<String> roles();

  /**
   * Returns all claims of the ID token (OpenID Connect Core 1.0 sections 2 and 5.1). Values are
   * {@code String}, {@code Boolean}, {@code Long}, {@code BigDecimal}, and {@code List} and {@code
   * Map} of the same; claims that are JSON null are left out. A later ID token, from a refresh,
   * replaces the claims that it contains.
   *
   * @return an unmodifiable map, by claim name
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
