package io.gatehouse;

import java.io.Serializable;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logged-in user, as the verified ID token describes them; what {@code
 * HttpServletRequest.getUserPrincipal()} returns behind Gatehouse. Two users are equal if issuer
 * and subject are (OpenID Connect Core 1.0 section 5.7).
 */
public final class AuthenticatedUser implements Principal, Serializable {
  private static final long serialVersionUID = 1L;

  private final String issuer;
  private final String subject;
  private final String claimsJson;
  private transient volatile Map<String, Object> claims;

  AuthenticatedUser(String claimsJson) {
    this.claimsJson = claimsJson;
    this.claims = ClaimsJson.parse(claimsJson);
    this.issuer = text("iss").orElse("");
    this.subject = text("sub").orElse("");
  }

  /** The server that vouches for this user: the ID token's {@code iss}. */
  public String issuer() {
    return issuer;
  }

  /** {@link #issuer()} for JSP and EL. */
  public String getIssuer() {
    return issuer;
  }

  /**
   * The ID token's {@code sub}: unique at its issuer, never given to another user, and so the key
   * under which an application stores what belongs to a user.
   */
  public String subject() {
    return subject;
  }

  /** The subject; {@code HttpServletRequest.getRemoteUser()} returns it too. */
  @Override
  public String getName() {
    return subject;
  }

  /**
   * A name to greet the user with: the first of {@code name}, {@code preferred_username}, {@code
   * email} and {@code sub} that the server sent. Chosen by the user at many servers, so never a key
   * and never a basis for a decision.
   */
  public String displayName() {
    return Stream.of("name", "preferred_username", "email")
        .flatMap(it -> text(it).stream())
        .filter(it -> !it.isBlank())
        .findFirst()
        .orElse(subject);
  }

  /** {@link #displayName()} for JSP and EL. */
  public String getDisplayName() {
    return displayName();
  }

  /** {@link #subject()} for JSP and EL. */
  public String getSubject() {
    return subject;
  }

  /**
   * All claims of the ID token (OpenID Connect Core 1.0 sections 2 and 5.1), unmodifiable. Values
   * are {@code String}, {@code Boolean}, {@code Long}, {@code BigDecimal}, {@code List} and {@code
   * Map} of the same; claims that are JSON null are left out.
   */
  public Map<String, Object> claims() {
    var known = claims;
    if (known == null) { // after deserialization
      known = ClaimsJson.parse(claimsJson);
      claims = known;
    }
    return known;
  }

  /** {@link #claims()} for JSP and EL. */
  public Map<String, Object> getClaims() {
    return claims();
  }

  private Optional<String> text(String claim) {
    return claims().get(claim) instanceof String it ? Optional.of(it) : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuthenticatedUser it
        && issuer.equals(it.issuer)
        && subject.equals(it.subject);
  }

  @Override
  public int hashCode() {
    return subject.hashCode();
  }

  /** The subject only: claims are personal data and stay out of logs. */
  @Override
  public String toString() {
    return "AuthenticatedUser[" + subject + "]";
  }
}
