package io.gatehouse.it.browser;

import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.WarFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The application with an endpoint behind each door, for Payara Micro. */
final class DoorsWar {
  private DoorsWar() {}

  /**
   * Writes the application.
   *
   * @param more properties in addition to those of the login
   */
  static Path create(Path file, StandIn standIn, ClientKey key, Map<String, String> more) {
    var properties =
        new HashMap<>(
            Map.of(
                "gatehouse.issuer", standIn.issuer(),
                "gatehouse.id-token.issuer", standIn.tokenIssuer(),
                "gatehouse.signing-key", key.location()));
    properties.putAll(more);
    // Payara Micro has no remote beans.
    return new WarFile(ConfiguredWar.create("doors.war", file, properties))
        .without("/WEB-INF/classes/io/gatehouse/doors/ee/RemoteDoor.class")
        .without("/WEB-INF/classes/io/gatehouse/doors/ee/RemoteDoorBean.class")
        .path();
  }
}
