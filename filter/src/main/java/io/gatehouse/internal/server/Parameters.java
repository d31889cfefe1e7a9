package io.gatehouse.internal.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The parameters of a query or of a form, parsed by Gatehouse itself: a container would mix query
 * and form, and take the first of a repeated name. The string form hides the values.
 */
public final class Parameters {
  private final Map<String, List<String>> values = new HashMap<>();

  private Parameters() {}

  /** Parses all parameters; empty if they are not percent-encoded (RFC 3986 section 2.1). */
  public static Optional<Parameters> parse(String encoded) {
    return parse(encoded, name -> true);
  }

  /**
   * Parses only the parameters with the given names; the values of all other parameters may be
   * malformed.
   */
  public static Optional<Parameters> parse(String encoded, Set<String> names) {
    return parse(encoded, names::contains);
  }

  private static Optional<Parameters> parse(String encoded, Predicate<String> isRead) {
    var parameters = new Parameters();
    try {
      for (var pair : encoded.split("&", -1)) {
        var equals = pair.indexOf('=');
        var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        if (isRead.test(name)) {
          var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
          parameters.values.computeIfAbsent(name, it -> new ArrayList<>()).add(value);
        }
      }
      return Optional.of(parameters);
    } catch (IllegalArgumentException notPercentEncoded) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns all values of a parameter, in their order; may be empty. */
  public List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** Returns the value of a parameter that occurs exactly once and is not empty. */
  public Optional<String> once(String name) {
    var all = all(name);
    return all.size() == 1 && !all.get(0).isEmpty() ? Optional.of(all.get(0)) : Optional.empty();
  }
}
