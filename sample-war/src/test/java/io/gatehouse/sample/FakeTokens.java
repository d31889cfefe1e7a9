package io.gatehouse.sample;

import io.gatehouse.AuthenticatedUser;
import io.gatehouse.Tokens;
import jakarta.servlet.AsyncContext;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Access tokens by name; nothing else is asked of it. */
record FakeTokens(String accessToken, Optional<String> other, boolean mayGo) implements Tokens {
  @Override
  public Optional<String> accessTokenInsteadOf(String refused) {
    return refused.equals(accessToken) ? other : Optional.empty();
  }

  @Override
  public boolean mayGoTo(URI address) {
    return mayGo;
  }

  @Override
  public Instant expiresAt() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String scope() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String idToken() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> idTokenClaims() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> refreshToken() {
    throw new UnsupportedOperationException();
  }

  @Override
  public AuthenticatedUser user() {
    throw new UnsupportedOperationException();
  }

  @Override
  public URI logout() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Registration onEnd(AutoCloseable resource) {
    return () -> {};
  }

  @Override
  public Registration onEnd(AsyncContext request) {
    return () -> {};
  }
}
