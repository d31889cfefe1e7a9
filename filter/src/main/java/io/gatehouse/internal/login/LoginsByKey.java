package io.gatehouse.internal.login;

import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.protocol.ClientAuthentication;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.LoginKeys;
import io.gatehouse.internal.session.ClientRegistrations;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The pending logins and live sessions, by the key under which they began. A key may change while
 * the application runs; logins continue under the key with which they began
 * (docs/decisions/0024-rotation.md).
 */
public final class LoginsByKey {
  private final Configuration configuration;
  private final Clock clock;
  private final SecureRandom random;
  private final LoginKeyRing ring;
  private final ClientRegistrations registrations;
  private Configuration.Keys inForce;

  public LoginsByKey(Configuration configuration, Clock clock, SecureRandom random) {
    this.configuration = configuration;
    this.clock = clock;
    this.random = random;
    this.inForce = configuration.keys();
    var registration = configuration.registration();
    ring =
        new LoginKeyRing(
            loginKeys(inForce.clients()),
            random,
            clock,
            registration.loginTimeout(),
            registration.clockSkew());
    registrations = ClientRegistrations.of(configuration);
    registrations.change(ring.clients());
  }

  public LoginKeyRing ring() {
    return ring;
  }

  public ClientRegistrations registrations() {
    return registrations;
  }

  /** Begins new logins under these keys. */
  public void use(Configuration.Keys keys) {
    var changed = new ArrayList<>(loginKeys(keys.clients()));
    if (keys.published().isEmpty()) {
      changed.add(outgoing(keys.current().under(inForce.current().material())));
    }
    // First, otherwise a login that ends now would belong to a client whose sessions are not alive.
    registrations.change(keys.clients().stream().map(this::client).toList());
    ring.change(changed);
    inForce = keys;
  }

  // The configuration has no property for a previous secret, so it is kept here for the pending
  // logins.
  private LoginKeys outgoing(Configuration.ClientKeys keys) {
    var lastBegin = clock.instant().plus(configuration.registration().clockSkew());
    return new LoginKeys(keys.material().bytes(), client(keys), application(), random, lastBegin);
  }

  private String application() {
    var application = configuration.application();
    var name = application.oneOfSeveral().map(it -> " " + it).orElse("");
    return application.publicUrl().configured().orElse("on loopback") + name;
  }

  private List<LoginKeys> loginKeys(List<Configuration.ClientKeys> clients) {
    return clients.stream().map(this::loginKeys).toList();
  }

  private LoginKeys loginKeys(Configuration.ClientKeys keys) {
    return new LoginKeys(keys.material().bytes(), client(keys), application(), random);
  }

  private Client client(Configuration.ClientKeys keys) {
    var registration = configuration.registration();
    return new Client(
        configuration.server().issuer(),
        keys.clientId(),
        registration.scope(),
        configuration.modes().response(),
        keys.requestObjectSigner(),
        new ClientAuthentication(
            keys.clientId(),
            registration.audience(),
            registration.assertionTyp(),
            keys.assertionSigner(),
            clock,
            random),
        registration.clockSkew());
  }
}
