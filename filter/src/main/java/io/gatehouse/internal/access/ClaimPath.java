package io.gatehouse.internal.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a value in nested claims: member names separated by slashes, a slash within a name
 * written as {@code ~1} and a tilde as {@code ~0} (a JSON Pointer, RFC 6901, without its first
 * slash). A member that is a text containing a JSON object is read as that object.
 *
 * @param text the path, as configured
 */
public record ClaimPath(String text) {
  private static final Pattern USABLE =
      Pattern.compile("([^/~\\p{Cntrl}]|~[01])+(/([^/~\\p{Cntrl}]|~[01])+)*");

  public static boolean isUsable(String text) {
    return USABLE.matcher(text).matches();
  }

  /** Returns the value at this path; empty if absent. */
  public Optional<Object> in(Map<String, Object> claims) {
    Object value = claims;
    for (var name : names()) {
      value = member(value, name);
      if (value == null) {
        return Optional.empty();
      }
    }
    return Optional.of(value);
  }

  private List<String> names() {
    return Arrays.stream(text.split("/", -1))
        .map(it -> it.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static @Nullable Object member(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return map.get(name);
    }
    return value instanceof String json && json.startsWith("{") ? inJson(json, name) : null;
  }

  private static @Nullable Object inJson(String json, String name) {
    try {
      return ClaimsJson.parse(json).get(name);
    } catch (IllegalArgumentException noJson) {
      return null;
    }
  }
}
