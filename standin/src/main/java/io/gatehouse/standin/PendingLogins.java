package io.gatehouse.standin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Log-ins between the wallet page and the person's choice, the oldest dropped first. */
final class PendingLogins {

  private static final int MOST = 10_000;

  private final Map<String, Login> byId = new LinkedHashMap<>();
  private final Duration timeout;

  PendingLogins(Settings settings) {
    this.timeout = settings.loginTimeout();
  }

  Duration timeout() {
    return timeout;
  }

  synchronized String add(Login login) {
    var id = UUID.randomUUID().toString();
    byId.put(id, login);
    if (byId.size() > MOST) {
      byId.remove(byId.keySet().iterator().next());
    }
    return id;
  }

  /** Removes it; an expired one is returned too, since the line decides where its user lands. */
  synchronized Optional<Login> take(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(byId.remove(id));
  }

  boolean expired(Login login) {
    return !Instant.now().isBefore(login.began().plus(timeout));
  }
}
