package io.gatehouse.standin.state;

import io.gatehouse.standin.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Logins between the wallet page and the person's choice, the oldest dropped first. */
public final class PendingLogins {

  private static final int MOST = 10_000;

  private final Map<String, Login> byId = new LinkedHashMap<>();
  private final Duration timeout;

  PendingLogins(Settings settings) {
    this.timeout = settings.loginTimeout();
  }

  public Duration timeout() {
    return timeout;
  }

  public synchronized String add(Login login) {
    var id = UUID.randomUUID().toString();
    byId.put(id, login);
    if (byId.size() > MOST) {
      byId.remove(byId.keySet().iterator().next());
    }
    return id;
  }

  /**
   * Removes the login. An expired login is returned too, since the line of the Verifier decides
   * where its user is redirected.
   */
  public synchronized Optional<Login> take(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(byId.remove(id));
  }

  public boolean expired(Login login) {
    return !Instant.now().isBefore(login.began().plus(timeout));
  }
}
