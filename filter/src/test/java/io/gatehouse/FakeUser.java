package io.gatehouse;

import java.util.Map;
import java.util.Set;

/** A user who is only a subject. */
public record FakeUser(String subject) implements AuthenticatedUser {
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
  public Set<String> roles() {
    return Set.of();
  }

  @Override
  public Map<String, Object> claims() {
    return Map.of("sub", subject);
  }
}
