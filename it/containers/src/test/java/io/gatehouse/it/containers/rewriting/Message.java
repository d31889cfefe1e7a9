package io.gatehouse.it.containers.rewriting;

import io.gatehouse.it.servers.container.RawAnswer;
import io.gatehouse.it.servers.container.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A request without a body, in the parts that a proxy can change.
 *
 * @param parameters of the query, encoded
 */
record Message(
    String method, String path, List<Part> parameters, List<Part> cookies, List<Part> headers) {

  /** A name and its value. */
  record Part(String name, String value) {}

  /** The lists of parts. */
  enum Place {
    PARAMETERS,
    COOKIES,
    HEADERS
  }

  List<Part> in(Place place) {
    return switch (place) {
      case PARAMETERS -> parameters;
      case COOKIES -> cookies;
      case HEADERS -> headers;
    };
  }

  Message with(Place place, List<Part> parts) {
    return switch (place) {
      case PARAMETERS -> new Message(method, path, parts, cookies, headers);
      case COOKIES -> new Message(method, path, parameters, parts, headers);
      case HEADERS -> new Message(method, path, parameters, cookies, parts);
    };
  }

  Message withMethod(String other) {
    return new Message(other, path, parameters, cookies, headers);
  }

  Message withPath(String other) {
    return new Message(method, other, parameters, cookies, headers);
  }

  /** Returns the message with parts in place of the one at this index. */
  Message replace(Place place, int index, Part... by) {
    var parts = new ArrayList<>(in(place));
    parts.remove(index);
    parts.addAll(index, List.of(by));
    return with(place, parts);
  }

  Message add(Place place, Part part) {
    var parts = new ArrayList<>(in(place));
    parts.add(part);
    return with(place, parts);
  }

  RawAnswer send(RawHttp connection) {
    var lines = new ArrayList<String>();
    headers.forEach(it -> lines.add(it.name() + ": " + it.value()));
    if (!cookies.isEmpty()) {
      lines.add("Cookie: " + joined(cookies, "; "));
    }
    var query = parameters.isEmpty() ? "" : "?" + joined(parameters, "&");
    return connection.send(method, path + query, lines.toArray(String[]::new));
  }

  private static String joined(List<Part> parts, String between) {
    return parts.stream()
        .map(it -> it.name() + "=" + it.value())
        .collect(Collectors.joining(between));
  }

  /** Returns the first value of that name. */
  String value(Place place, String name) {
    return in(place).stream()
        .filter(it -> it.name().equals(name))
        .map(Part::value)
        .findFirst()
        .map(Objects::requireNonNull)
        .orElseThrow();
  }
}
