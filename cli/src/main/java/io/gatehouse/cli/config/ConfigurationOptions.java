package io.gatehouse.cli.config;

import io.gatehouse.cli.output.CannotDoException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import picocli.CommandLine.Option;

/**
 * The options that name the sources of the configuration: those that a container has, and files in
 * place of those in the WAR.
 */
public final class ConfigurationOptions {
  private static final int ORDINAL_OF_FILES = 100; // MicroProfile Config 3.1: below the environment

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A file of properties, such as the WAR's microprofile-config.properties. Of several the"
              + " first that has a property decides; environment variables and system properties"
              + " decide before them.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "NAME",
      split = ",",
      description =
          "The filter-name in web.xml, if the application has several filters, and after it those"
              + " of the others: shop,partner.")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = "--init-param",
      paramLabel = "NAME=VALUE",
      description = "An init-param of the filter in web.xml, without the prefix; it wins.")
  private Map<String, String> initParameters = new LinkedHashMap<>();

  @Option(
      names = "--class-path",
      paramLabel = "DIRECTORY",
      description = "Where classpath: locations are, such as WEB-INF/classes.")
  private List<Path> classPath = new ArrayList<>();

  /** Returns whether any of these options is given. */
  public boolean areGiven() {
    return !(files.isEmpty()
        && filters.isEmpty()
        && initParameters.isEmpty()
        && classPath.isEmpty());
  }

  /**
   * Reads the configuration.
   *
   * @throws CannotDoException with every fault
   */
  public ConfiguredApplication read() {
    try {
      return readOrFault();
    } catch (FaultyConfigurationException e) {
      throw new CannotDoException(String.join("\n", e.faults()));
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws FaultyConfigurationException with every fault
   */
  public ConfiguredApplication readOrFault() throws FaultyConfigurationException {
    return readWith(Map.of());
  }

  /**
   * Reads the configuration as it would be with other values.
   *
   * @param others values of properties, without prefix
   * @throws FaultyConfigurationException with every fault
   */
  public ConfiguredApplication readWith(Map<String, String> others)
      throws FaultyConfigurationException {
    var all = new LinkedHashMap<>(initParameters);
    all.putAll(others);
    var names = filters.isEmpty() ? List.of("gatehouse") : filters;
    return ConfiguredApplication.read(config(), names, all, classLoader());
  }

  private Config config() {
    var builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addSystemSources();
    for (int i = 0; i < files.size(); i++) {
      builder.withSources(source(files.get(i), ORDINAL_OF_FILES - i));
    }
    return builder.build();
  }

  private static PropertiesConfigSource source(Path file, int ordinal) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new CannotDoException(file + " is no file");
      }
      return new PropertiesConfigSource(file.toUri().toURL(), ordinal);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotDoException(
          file + " cannot be read as properties (" + e.getClass().getSimpleName() + ")");
    }
  }

  private ClassLoader classLoader() {
    return new URLClassLoader(
        classPath.stream().map(ConfigurationOptions::url).toArray(URL[]::new),
        ConfigurationOptions.class.getClassLoader());
  }

  private static URL url(Path directory) {
    try {
      return directory.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new CannotDoException(directory + " is no directory");
    }
  }
}
