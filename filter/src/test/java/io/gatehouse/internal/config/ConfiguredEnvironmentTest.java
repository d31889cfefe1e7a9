package io.gatehouse.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Configuration by environment variables, which needs a separate process. */
@Tag("case-77")
class ConfiguredEnvironmentTest {
  /** Reads the configuration of its environment and system properties, and says what it read. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      var config = new SmallRyeConfigBuilder().addDefaultSources().build();
      var loader = Reader.class.getClassLoader();
      try {
        var read =
            ConfigurationReader.read(config, FilterName.alone("gatehouse"), Map.of(), loader);
        System.out.println("client_id " + read.clientId());
      } catch (ConfigurationException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String read(Map<String, String> environment, String... options)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Reader.class.getName()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    try (var output = builder.start().getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static Map<String, String> valid() {
    var environment = new HashMap<String, String>();
    environment.put("GATEHOUSE_ISSUER", ValidConfiguration.ISSUER);
    environment.put("GATEHOUSE_PUBLIC_URL", ValidConfiguration.PUBLIC_URL);
    environment.put("GATEHOUSE_CLIENT_ID", "shop");
    environment.put("GATEHOUSE_CLIENT_SECRET", ValidConfiguration.CLIENT_SECRET);
    environment.put("GATEHOUSE_HTTP_CONNECT_TIMEOUT", "1s");
    return environment;
  }

  @Test
  void environmentVariablesAreEnoughAndThoseOfAPlatformAreNoFault() throws IOException {
    var environment = valid();
    // Kubernetes sets these in every pod beside a service of the name gatehouse.
    environment.put("GATEHOUSE_SERVICE_HOST", "10.0.0.1");
    environment.put("GATEHOUSE_SERVICE_PORT_HTTPS", "443");
    environment.put("GATEHOUSE_PORT_443_TCP_ADDR", "10.0.0.1");
    assertThat(read(environment)).isEqualTo("client_id shop");
  }

  @Test
  void aWrongSystemPropertyIsAFaultWhateverTheEnvironmentHolds() throws IOException {
    assertThat(read(valid(), "-Dgatehouse.client.idd=canary"))
        .contains("gatehouse.client.idd is not a property of Gatehouse", "gatehouse.client-id?")
        .doesNotContain("canary");
  }
}
