package io.gatehouse.filter;

import io.gatehouse.AuthenticatedUser;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A user whose ID token was verified. The claims are read from their JSON when first asked for. */
final class VerifiedUser implements AuthenticatedUser, Serializable {
  private static final long serialVersionUID = 1L;

  private final String issuer;
  private final String subject;
  private final String claimsJson;
  private final Set<String> roles;
  private transient volatile @Nullable Map<String, Object> claims;

  /**
   * @param claimsJson the claims, one JSON object
   * @throws IllegalArgumentException if it is none
   */
  VerifiedUser(String claimsJson, Set<String> roles) {
    var parsed = ClaimsJson.parse(claimsJson);
    this.claimsJson = claimsJson;
    this.roles = Set.copyOf(roles);
    this.claims = parsed;
    this.issuer = text(parsed, "iss").orElse("");
    this.subject = text(parsed, "sub").orElse("");
  }

  @Override
  public String issuer() {
    return issuer;
  }

  @Override
  public String subject() {
    return subject;
  }

  @Override
  public String getName() {
    return subject;
  }

  @Override
  public String displayName() {
    return Stream.of("name", "preferred_username", "email")
        .flatMap(it -> text(claims(), it).stream())
        .filter(it -> !it.isBlank())
        .findFirst()
        .orElse(subject);
  }

  @Override
  public Set<String> roles() {
    return roles;
  }

  @Override
  public Map<String, Object> claims() {
    var known = claims;
    if (known == null) {
      known = ClaimsJson.parse(claimsJson);
      claims = known;
    }
    return known;
  }

  String claimsJson() {
    return claimsJson;
  }

  private static Optional<String> text(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof String it ? Optional.of(it) : Optional.empty();
  }

  // The Java Beans introspector of JDK 17 does not see getters that only an interface has.
  @Override
  public String getIssuer() {
    return issuer;
  }

  @Override
  public String getSubject() {
    return subject;
  }

  @Override
  public String getDisplayName() {
    return displayName();
  }

  @Override
  public Set<String> getRoles() {
    return roles;
  }

  @Override
  public Map<String, Object> getClaims() {
    return claims();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuthenticatedUser it
        && issuer.equals(it.issuer())
        && subject.equals(it.subject());
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

  // An application may keep its user in the session, where this is written as plain text.
  private Object writeReplace() {
    return new UserForm(claimsJson, Set.copyOf(roles));
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a user is written as a UserForm");
  }

  private record UserForm(String claimsJson, Set<String> roles) implements Serializable {
    private Object readResolve() {
      return new VerifiedUser(claimsJson, roles);
    }
  }
}
