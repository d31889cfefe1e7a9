package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/**
 * A copy of an application with its own properties, so that one container can run several copies.
 */
public final class ConfiguredWar {
  private static final String PROPERTIES =
      "/WEB-INF/classes/META-INF/microprofile-config.properties";

  private ConfiguredWar() {}

  /**
   * Copies the sample.
   *
   * @param target the new WAR, whose name becomes its context path
   * @param overrides properties that replace the sample's own
   */
  public static Path create(Path target, Map<String, String> overrides) {
    return create("sample.war", target, overrides);
  }

  /**
   * Copies an application.
   *
   * @param source its WAR among the servers
   * @param target the new WAR, whose name becomes its context path
   * @param overrides properties that replace its own
   */
  public static Path create(String source, Path target, Map<String, String> overrides) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.copy(
          ServerProcess.directory().resolve(source), target, StandardCopyOption.REPLACE_EXISTING);
      try (var war = FileSystems.newFileSystem(target)) {
        var file = war.getPath(PROPERTIES);
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        properties.putAll(overrides);
        var text = new StringWriter();
        properties.store(text, null);
        Files.writeString(file, text.toString());
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
