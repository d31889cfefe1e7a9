package io.gatehouse.internal.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The HTTP methods to which a rule applies: all, some ({@code GET|POST}), or all but some ({@code
 * !GET|POST}). {@code GET} includes {@code HEAD}, whose response is that of {@code GET} without its
 * content (RFC 9110 section 9.3.2).
 *
 * @param names the methods
 * @param areExcepted whether the rule applies to all other methods
 */
record Methods(Set<String> names, boolean areExcepted) {
  static final Methods ALL = new Methods(Set.of(), true);

  private static final Pattern LIST = Pattern.compile("!?[A-Z][A-Z0-9-]*(\\|[A-Z][A-Z0-9-]*)*");

  Methods {
    var all = new TreeSet<>(names);
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    names = Collections.unmodifiableSet(all);
  }

  /** Parses a list such as {@code GET|POST} or {@code !GET}; empty for any other text. */
  static Optional<Methods> parse(String text) {
    if (!LIST.matcher(text).matches()) {
      return Optional.empty();
    }
    var isExcept = text.startsWith("!");
    var names = Set.copyOf(Arrays.asList(text.substring(isExcept ? 1 : 0).split("\\|")));
    return Optional.of(new Methods(names, isExcept));
  }

  boolean areAll() {
    return areExcepted && names.isEmpty();
  }

  boolean areOnly(String method) {
    return !areExcepted && names.equals(Set.of(method));
  }

  boolean contain(String method) {
    return names.contains(method) != areExcepted;
  }

  boolean overlap(Methods other) {
    if (areExcepted && other.areExcepted) {
      return true; // methods are without number
    }
    return areExcepted
        ? other.names.stream().anyMatch(this::contain)
        : names.stream().anyMatch(other::contain);
  }
}
