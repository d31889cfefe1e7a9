package io.gatehouse.internal.session;

import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.Fingerprint;
import io.gatehouse.internal.protocol.Client;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The client registrations whose sessions live: one for each client as which users may have logged
 * in. A session is bound to whom its user logged in at and as what, and to what its roles mean; of
 * any other registration it is not ours.
 */
public final class ClientRegistrations {
  private final Function<Client, String> naming;
  private volatile Map<String, Client> clients = Map.of();

  /**
   * @param naming the registration of a client
   */
  ClientRegistrations(Function<Client, String> naming) {
    this.naming = naming;
  }

  /** Those of one configuration. */
  public static ClientRegistrations of(Configuration configuration) {
    var name = configuration.application().oneOfSeveral();
    return new ClientRegistrations(
        it ->
            name.orElse("")
                + named(configuration.server(), it.clientId(), configuration.access().roles()));
  }

  public static String named(Configuration.Server server, String clientId, RoleClaims roles) {
    return Fingerprint.of(
        server.issuer(),
        server.idTokenIssuer(),
        clientId,
        roles.paths().toString(),
        new TreeMap<>(roles.links()).toString());
  }

  /** Lets the sessions of these clients live, and of no other; the current one comes first. */
  public void change(List<Client> living) {
    clients =
        living.stream()
            .collect(Collectors.toMap(naming, Function.identity(), (first, it) -> first));
  }

  public boolean contains(String registration) {
    return clients.containsKey(registration);
  }

  public String of(Client client) {
    return naming.apply(client);
  }

  /** The client as which the user of a session has logged in, if its sessions live. */
  public Optional<Client> client(String registration) {
    return Optional.ofNullable(clients.get(registration));
  }
}
