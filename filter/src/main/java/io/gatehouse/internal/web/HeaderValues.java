package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The values of a request header, of all lines with its name. Whatever is between the browser and
 * us may join lines by commas or split them (RFC 9110 section 5.3), so both read the same here.
 */
final class HeaderValues {
  private static final HeaderValues ABSENT = new HeaderValues(List.of());

  private final List<String> values;

  private HeaderValues(List<String> values) {
    this.values = values;
  }

  static HeaderValues of(HttpServletRequest request, String name) {
    if (request.getHeader(name) == null) { // nearly all requests
      return ABSENT;
    }
    return new HeaderValues(
        Collections.list(request.getHeaders(name)).stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .map(String::strip)
            .toList());
  }

  boolean isAbsent() {
    return values.isEmpty();
  }

  /**
   * Returns whether a header that has one value at most has this one. It has none of two, even if
   * they are equal: two writers, who may disagree elsewhere.
   */
  boolean isOnly(String value) {
    return isOnly(value::equals);
  }

  /** Returns whether a header that has one value at most has one with a property. */
  boolean isOnly(Predicate<String> property) {
    return values.size() == 1 && property.test(values.get(0));
  }

  /** Returns whether any value has a property: of lists, and of evidence against the request. */
  boolean isAny(Predicate<String> property) {
    return values.stream().anyMatch(property);
  }
}
