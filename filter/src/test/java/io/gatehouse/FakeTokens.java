package io.gatehouse;

import jakarta.servlet.AsyncContext;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tokens in memory, which may go only to the origins that a test names. */
public final class FakeTokens implements Tokens {
  private final Set<String> origins = new HashSet<>();
  private final Queue<String> renewals = new ArrayDeque<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final List<String> renewingThreads = new CopyOnWriteArrayList<>();
  private final AuthenticatedUser user;
  private Runnable beforeRenewal = () -> {};
  private boolean loginNeeded;
  private String accessToken;

  public FakeTokens(String accessToken) {
    this(accessToken, new FakeUser("ada"));
  }

  public FakeTokens(String accessToken, AuthenticatedUser user) {
    this.accessToken = accessToken;
    this.user = user;
  }

  public FakeTokens mayGoToOriginOf(URI address) {
    origins.add(address.getScheme() + "://" + address.getAuthority());
    return this;
  }

  public FakeTokens renewedTo(String... tokens) {
    renewals.addAll(List.of(tokens));
    return this;
  }

  public FakeTokens beforeRenewal(Runnable action) {
    beforeRenewal = action;
    return this;
  }

  public FakeTokens loginNeeded() {
    loginNeeded = true;
    return this;
  }

  /** The tokens that were said to be refused. */
  public List<String> refused() {
    return refused;
  }

  public List<String> renewingThreads() {
    return renewingThreads;
  }

  @Override
  public String accessToken() {
    requireLogin();
    return accessToken;
  }

  private void requireLogin() {
    if (loginNeeded) {
      throw new LoginNeededException("the session has ended");
    }
  }

  @Override
  public Optional<String> accessTokenInsteadOf(String token) {
    refused.add(token);
    renewingThreads.add(Thread.currentThread().getName());
    beforeRenewal.run();
    requireLogin();
    var renewed = Optional.ofNullable(renewals.poll());
    renewed.ifPresent(it -> accessToken = it);
    return renewed;
  }

  @Override
  public Instant expiresAt() {
    return Instant.MAX;
  }

  @Override
  public String scope() {
    return "openid";
  }

  @Override
  public String idToken() {
    return "e30.e30.c2ln";
  }

  @Override
  public Map<String, Object> idTokenClaims() {
    return user.claims();
  }

  @Override
  public Optional<String> refreshToken() {
    return Optional.empty();
  }

  @Override
  public AuthenticatedUser user() {
    return user;
  }

  @Override
  public boolean mayGoTo(URI address) {
    return origins.contains(address.getScheme() + "://" + address.getAuthority());
  }

  @Override
  public URI logout() {
    return URI.create("/");
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
