package io.gatehouse.internal.deployment;

import io.gatehouse.internal.config.ConfigurationException;
import io.gatehouse.internal.message.DeploymentFaults;
import jakarta.json.spi.JsonProvider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/**
 * Checks for the APIs without which Gatehouse cannot start. Containers with Jakarta EE and
 * MicroProfile provide them; Tomcat and Jetty do not. This class links even if the APIs are
 * missing.
 */
public final class NeededApis {
  private static final String JOSE4J = "org.bitbucket.b_c:jose4j";

  private NeededApis() {}

  /**
   * Checks that each API and a provider of it are present.
   *
   * @throws ConfigurationException naming the missing APIs and the libraries to add
   */
  public static void require() {
    // Lambdas, since a method reference links its class at creation.
    var missing =
        Stream.of(
                missing(
                    "MicroProfile Config",
                    () -> ConfigProviderResolver.instance(),
                    "io.smallrye.config:smallrye-config-core"),
                missing(
                    "JSON Processing (JSON-P)",
                    () -> JsonProvider.provider(),
                    "org.eclipse.parsson:parsson"),
                missing("jose4j", () -> load("org.jose4j.lang.JoseException"), JOSE4J),
                missing("slf4j-api", () -> load("org.slf4j.LoggerFactory"), JOSE4J))
            .flatMap(Optional::stream)
            .toList();
    if (!missing.isEmpty()) {
      throw new ConfigurationException(missing);
    }
  }

  private static void load(String className) {
    try {
      Class.forName(className, false, NeededApis.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new NoClassDefFoundError(className);
    }
  }

  private static Optional<String> missing(String api, Runnable use, String coordinates) {
    try {
      use.run();
      return Optional.empty();
    } catch (LinkageError notThere) {
      return Optional.of(fault(api, coordinates, notThere));
    } catch (RuntimeException | ServiceConfigurationError noProvider) {
      return Optional.of(fault("a provider of " + api, coordinates, noProvider));
    }
  }

  private static String fault(String what, String coordinates, Throwable cause) {
    return DeploymentFaults.API_MISSING.formatted(
        what, cause.getClass().getSimpleName(), coordinates);
  }
}
