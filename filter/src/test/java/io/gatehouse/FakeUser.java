package io.gatehouse;

import java.util.Map;
import java.util.Set;

/** A user with a subject and roles. */
public record FakeUser(String subject, Set<String> roles) implements AuthenticatedUser {
  /** Creates a user without roles. */
  public FakeUser(String subject) {
    this(subject, Set.of());
  }

  @Override
  public String issuer() {
    return "https://op.example";
  }

  @Override
  public String getName() {
    return subject;
  }

  @Override
  public String displayName() {
    return subject;
  }

  @Override
  public Map<String, Object> claims() {
    return Map.of("sub", subject);
  }
}
