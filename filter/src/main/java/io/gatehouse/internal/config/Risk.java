package io.gatehouse.internal.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A deployment mistake that leaves a part of an application unprotected, and stops its start unless
 * the risk is accepted.
 */
public enum Risk {
  /** The filter has no mapping. */
  NOT_MAPPED,
  /** The filter is mapped to {@code /}, which differs from {@code /*}. */
  ROOT_MAPPING,
  /** The filter is mapped only to servlets by name. */
  SERVLET_NAME_MAPPING,
  /** No mapping of the filter has the dispatcher type REQUEST. */
  NO_REQUEST_DISPATCH,
  /** A path rule applies to a path that the filter is not mapped to. */
  UNMAPPED_RULE,
  /** A servlet that serves any file of the application is below a public path. */
  PUBLIC_FILE_SERVLET,
  /** Other filters see requests before Gatehouse judges them. */
  FILTERS_IN_FRONT,
  /** Web services or remote beans are reachable without passing the filters; only a warning. */
  DOORS_BESIDE;

  /** Returns the name in {@code gatehouse.accepted-risks}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Risk> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /** Returns all names, for a message. */
  static String names() {
    return Arrays.stream(values()).map(Risk::wireName).collect(Collectors.joining(", "));
  }
}
