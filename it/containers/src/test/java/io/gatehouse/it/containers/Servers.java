package io.gatehouse.it.containers;

import io.gatehouse.it.containers.open.StaysOpen;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.Deployed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The current container with all applications that log in at the stand-in, and the stand-in:
 * started once for all test classes.
 */
public final class Servers {
  private static final StandIn STAND_IN =
      StandIn.start(
          Application.DIRECTORY.resolve("standin.log"),
          ServerProcess.freePort(),
          "3.x",
          List.of("--standin.strict=true"));
  private static final ContainerServer CONTAINER =
      ContainerServer.startSmall(
          Application.DIRECTORY.resolve("server"), Application.PORT, applications());

  private Servers() {
    STAND_IN.await();
    STAND_IN.registerDidKey(Application.BARE.clientId(), Application.BARE.publicUrl());
    STAND_IN.registerDidKey(Application.PATHS.clientId(), Application.PATHS.publicUrl());
    ContainerTenantsIT.register(STAND_IN);
    ContainerRulesIT.register(STAND_IN);
    ContainerStartIT.register(STAND_IN);
    StaysOpen.register(STAND_IN);
    CONTAINER.await(Application.BARE.path(), "/open/surroundings", "server " + expected());
    CONTAINER.await(Application.PATHS.path(), "/open/surroundings", "server ");
    CONTAINER.await(ContainerRulesIT.ROUTERS.path(), "/counts", "COUNTS");
    CONTAINER.await(ContainerRulesIT.MVC.path(), "/counts", "COUNTS");
    StaysOpen.await(CONTAINER);
    CONTAINER.await(ContainerTenantsIT.TENANTS.path(), "/open/surroundings", "server ");
  }

  private static List<Deployed> applications() {
    var applications =
        new ArrayList<>(
            List.of(
                Application.BARE.deployed(Application.BARE.war(Map.of())),
                Application.PATHS.deployed(
                    Application.PATHS.war(
                        Map.of("gatehouse.public-url", Application.PATHS.publicUrl()))),
                ContainerTenantsIT.deployed(),
                ContainerRulesIT.ROUTERS.deployed(ContainerRulesIT.routers()),
                ContainerRulesIT.MVC.deployed(ContainerRulesIT.mvc()),
                StaysOpen.deployed(),
                ContainerStartIT.wrong(),
                ContainerStartIT.alone(),
                ContainerStartIT.thin()));
    if (Container.hasLiars()) {
      applications.add(ContainerLyingIdTokenIT.deployed());
      applications.add(ContainerLyingTokenIT.deployed());
      applications.addAll(ContainerLyingServerIT.deployed());
    }
    return applications;
  }

  /** Returns the expected name and version of the container. */
  private static String expected() {
    return System.getProperty("container.server", "");
  }

  /** Returns the authorization server. */
  public static StandIn standIn() {
    return STAND_IN;
  }

  public static ContainerServer container() {
    return CONTAINER;
  }

  /** Returns the settings of an application for the stand-in. */
  static Map<String, String> settings() {
    return Map.of(
        "gatehouse.issuer", STAND_IN.issuer(),
        "gatehouse.id-token.issuer", STAND_IN.tokenIssuer());
  }

  /**
   * Starts the servers before the first test of this process. They end with the process: the test
   * engine may run each class by itself.
   */
  static final class Start implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Objects.requireNonNull(Once.SERVERS);
    }
  }

  private static final class Once {
    private static final Servers SERVERS = new Servers();
  }
}
