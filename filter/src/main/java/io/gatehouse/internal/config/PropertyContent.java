package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.KeyReader;
import io.gatehouse.internal.jose.UnusableKeyException;
import io.gatehouse.internal.message.ConfigurationFaults;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The content of properties that hold a key or a secret, given by value or by a {@code file:} or
 * {@code classpath:} location.
 */
final class PropertyContent {
  static final String FILE = "file:";

  private static final int MAX_BYTES = 1 << 20;
  private static final Charset LATIN_1 = StandardCharsets.ISO_8859_1; // maps every byte
  // Outside a key rotation, the file for the next or previous key is empty or absent.
  private static final Set<Property> MAY_BE_ABSENT =
      EnumSet.of(Property.SIGNING_KEY_NEXT, Property.SIGNING_KEY_PREVIOUS);

  private final Settings settings;
  private final ClassLoader classLoader;
  private final Map<Property, Optional<byte[]>> known = new EnumMap<>(Property.class);

  PropertyContent(Settings settings, ClassLoader classLoader) {
    this.settings = settings;
    this.classLoader = classLoader;
  }

  /**
   * Returns the content; empty, with one fault recorded, if the content is at an unreadable
   * location.
   */
  Optional<byte[]> bytes(Property property) {
    return known.computeIfAbsent(property, this::read);
  }

  /**
   * Returns whether the property is set and unreadable, so that code that needs it records no
   * second fault.
   */
  boolean isUnreadable(Property property) {
    return settings.isSet(property) && bytes(property).isEmpty();
  }

  private Optional<byte[]> read(Property property) {
    var value = settings.text(property);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (isForgottenLocation(value.get())) {
      settings.fault(property, ConfigurationFaults.PATH_WITHOUT_SCHEME);
      return Optional.empty();
    }
    try {
      return isAbsent(property, value.get()) ? Optional.empty() : Optional.of(read(value.get()));
    } catch (NoSuchFileException e) {
      settings.fault(property, ConfigurationFaults.FILE_ABSENT);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // Omits the path: the text after "file:" may be a secret that was put there by mistake.
      var reason = e.getClass().getSimpleName();
      settings.fault(property, ConfigurationFaults.UNREADABLE, reason);
      return Optional.empty();
    }
  }

  // If the directory is absent too, the path is wrong.
  private static boolean isAbsent(Property property, String value) throws IOException {
    if (!MAY_BE_ABSENT.contains(property) || !value.startsWith(FILE)) {
      return false;
    }
    var file = path(value).toAbsolutePath();
    var folder = file.getParent();
    return Files.exists(file)
        ? Files.size(file) <= MAX_BYTES && Files.readString(file, LATIN_1).isBlank()
        : folder != null && Files.isDirectory(folder);
  }

  // A path is longer than the minimum length of a secret, so it would be accepted as a secret.
  private static boolean isForgottenLocation(String value) {
    try {
      return value.startsWith("/") && Files.exists(Path.of(value));
    } catch (InvalidPathException notAPath) {
      return false;
    }
  }

  /**
   * Returns the content as text, without the line break that editors leave at the end of a file.
   */
  Optional<String> text(Property property) {
    try {
      var content = bytes(property);
      return content.isPresent() ? Optional.of(KeyReader.text(content.get())) : Optional.empty();
    } catch (UnusableKeyException e) {
      settings.fault(property, e);
      return Optional.empty();
    }
  }

  private byte[] read(String value) throws IOException {
    if (value.startsWith(FILE)) {
      return bounded(Files.readAllBytes(path(value)));
    }
    if (value.startsWith("classpath:")) {
      var name = value.substring("classpath:".length()).replaceFirst("^/+", "");
      try (var stream = classLoader.getResourceAsStream(name)) {
        if (stream == null) {
          throw new IOException("no such resource");
        }
        return bounded(stream.readAllBytes());
      }
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  // file:/a, file:///a and file:relative are all in use, and paths with spaces, which no URI has
  private static Path path(String value) {
    return value.startsWith("file:/") && !value.contains(" ")
        ? Path.of(URI.create(value))
        : Path.of(value.substring(FILE.length()));
  }

  private static byte[] bounded(byte[] content) throws IOException {
    if (content.length > MAX_BYTES) {
      throw new IOException("more than 1 MiB");
    }
    return content;
  }
}
