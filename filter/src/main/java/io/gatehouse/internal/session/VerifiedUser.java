package io.gatehouse.internal.session;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.Tokens;
import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.jose.JwsPayload;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A user whose ID token was verified. The claims are parsed from their JSON at first use. */
public final class VerifiedUser implements AuthenticatedUser, Tokens.Holder, Serializable {
  private static final long serialVersionUID = 1L;

  private final String issuer;
  private final String subject;
  private final String claimsText;
  private final boolean isIdToken;
  private final Set<String> roles;
  private final transient @Nullable Tokens tokens;
  private transient volatile @Nullable Map<String, Object> claims;

  /**
   * Creates a user from claims that are not those of one ID token.
   *
   * @param claimsJson the claims, one JSON object
   * @throws IllegalArgumentException if the text is not one JSON object
   */
  public VerifiedUser(String claimsJson, Set<String> roles) {
    this(claimsJson, false, claimsJson, roles);
  }

  /**
   * Returns a user with the claims of an ID token; a session that keeps the token need not keep its
   * claims too.
   *
   * @throws IllegalArgumentException if its payload is not one JSON object
   */
  public static VerifiedUser ofIdToken(String idToken, Set<String> roles) {
    return new VerifiedUser(idToken, true, JwsPayload.of(idToken), roles);
  }

  private VerifiedUser(String claimsText, boolean isIdToken, String claimsJson, Set<String> roles) {
    // Not kept: parsed claims need several times the memory of their text, and most requests need
    // no claims.
    var parsed = ClaimsJson.parse(claimsJson);
    this.claimsText = claimsText;
    this.isIdToken = isIdToken;
    this.roles = Set.copyOf(roles);
    this.tokens = null;
    this.issuer = text(parsed, "iss").orElse("");
    this.subject = text(parsed, "sub").orElse("");
  }

  private VerifiedUser(VerifiedUser other, Set<String> roles, @Nullable Tokens tokens) {
    this.claimsText = other.claimsText;
    this.isIdToken = other.isIdToken;
    this.roles = Set.copyOf(roles);
    this.tokens = tokens;
    this.issuer = other.issuer;
    this.subject = other.subject;
  }

  /** Returns the same user with other roles. */
  VerifiedUser withRoles(Set<String> newRoles) {
    return new VerifiedUser(this, newRoles, null);
  }

  /** Returns the same user with the tokens of the session, for a WebSocket. */
  public VerifiedUser holding(Tokens ofSession) {
    return new VerifiedUser(this, roles, ofSession);
  }

  @Override
  public Optional<Tokens> tokens() {
    return Optional.ofNullable(tokens);
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
      known = ClaimsJson.parse(claimsJson());
      claims = known;
    }
    return known;
  }

  public String claimsJson() {
    return isIdToken ? JwsPayload.of(claimsText) : claimsText;
  }

  /** Returns whether the claims are exactly those of this ID token. */
  boolean isOfIdToken(String idToken) {
    return isIdToken && claimsText.equals(idToken);
  }

  private static Optional<String> text(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof String it ? Optional.of(it) : Optional.empty();
  }

  // The Java Beans introspector of JDK 17 ignores getters that only an interface declares.
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

  /** Prints the subject only: claims are personal data and must stay out of logs. */
  @Override
  public String toString() {
    return "AuthenticatedUser[" + subject + "]";
  }

  // An application may keep its user in the session, in which this form is stored as plain text.
  private Object writeReplace() {
    return new UserForm(claimsJson(), Set.copyOf(roles));
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a user is written as a UserForm");
  }

  private record UserForm(String claimsJson, Set<String> roles) implements Serializable {
    private Object readResolve() {
      return new VerifiedUser(claimsJson, roles);
    }

    @Override
    public String toString() {
      return "UserForm[hidden]";
    }
  }
}
