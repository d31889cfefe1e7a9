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
 * The client registrations of live sessions: one for each client under which users may have logged
 * in. A session belongs to the authorization server and client of its login, and to the meaning of
 * its roles. A session of any other registration does not belong to this configuration.
 */
public final class ClientRegistrations {
  private final Function<Client, String> naming;
  private volatile Map<String, Client> clients = Map.of();

  /**
   * Creates the registrations.
   *
   * @param naming returns the name of a client's registration
   */
  ClientRegistrations(Function<Client, String> naming) {
    this.naming = naming;
  }

  /** Returns the registrations of one configuration. */
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

  /**
   * Keeps the sessions of these clients alive, and of no others; the current client comes first.
   */
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

  /**
   * Returns the client under which the user of a session has logged in, if sessions of that client
   * are alive.
   */
  public Optional<Client> client(String registration) {
    return Optional.ofNullable(clients.get(registration));
  }
}
