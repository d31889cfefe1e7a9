package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.container.WarFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A way to break the start of an application: one change of a WAR that starts.
 *
 * @param name its context path, without the slash
 * @param change of the WAR
 * @param properties that replace those of the WAR
 * @param says a part of the message with the reason, or of the message of a container that fails
 *     earlier
 */
record Slip(
    String name, UnaryOperator<WarFile> change, Map<String, String> properties, List<String> says) {
  /** An application without a slip. */
  static Slip none(String name) {
    return ofWar(name, "", it -> it);
  }

  static Slip ofWar(String name, String says, UnaryOperator<WarFile> change) {
    return new Slip(name, change, Map.of(), List.of(says));
  }

  static Slip ofWebXml(String name, String says, UnaryOperator<String> change) {
    return ofWar(name, says, it -> it.changed("/WEB-INF/web.xml", change));
  }

  static Slip ofFilterJar(String name, String says, UnaryOperator<WarFile> change) {
    return ofWar(name, says, it -> it.withLibrary("gatehouse-filter", change));
  }

  /** Sets pairs of a property, without {@code gatehouse.}, and its value. */
  static Slip ofProperties(String name, String says, String... properties) {
    return ofWar(name, says, it -> it).with(properties);
  }

  /** Adds texts of containers that fail before Gatehouse begins. */
  Slip orSaid(String... byContainers) {
    var all = new ArrayList<>(says);
    all.addAll(List.of(byContainers));
    return new Slip(name, change, properties, List.copyOf(all));
  }

  Slip with(String... more) {
    var all = new HashMap<>(properties);
    for (var i = 0; i < more.length; i += 2) {
      all.put("gatehouse." + more[i], more[i + 1]);
    }
    return new Slip(name, change, all, says);
  }

  /**
   * Returns the slip accepted, so that the application starts.
   *
   * @param risk in {@code gatehouse.accepted-risks}
   * @param guarded paths that need a login all the same
   * @param open paths that the slip leaves open
   */
  Accepted accepted(String risk, List<String> guarded, List<String> open) {
    var renamed = new Slip(name + "-accepted", change, properties, says);
    return new Accepted(renamed.with("accepted-risks", risk), guarded, open);
  }

  @Override
  public String toString() {
    return name;
  }

  /** An application that starts although it has a slip. */
  record Accepted(Slip slip, List<String> guarded, List<String> open) {
    @Override
    public String toString() {
      return slip.name();
    }
  }
}
