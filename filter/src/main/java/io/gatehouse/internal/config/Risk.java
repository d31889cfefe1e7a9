package io.gatehouse.internal.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A slip that leaves a part of an application open, and stops its start unless it is accepted. */
public enum Risk {
  /** The filter has no mapping. */
  NOT_MAPPED,
  /** The filter is mapped to {@code /}, which is not {@code /*}. */
  ROOT_MAPPING,
  /** The filter is mapped to servlets by their names only. */
  SERVLET_NAME_MAPPING,
  /** No mapping of the filter is for requests. */
  NO_REQUEST_DISPATCH,
  /** A path rule is for a path that the filter is not mapped to. */
  UNMAPPED_RULE,
  /** A servlet that serves any file of the application is below a public path. */
  PUBLIC_FILE_SERVLET,
  /** Other filters see requests before they are judged. */
  FILTERS_IN_FRONT,
  /** Web services or remote beans are reached past the filters; a warning only. */
  DOORS_BESIDE;

  /** The name in {@code gatehouse.accepted-risks}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Risk> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /** All names, for a message. */
  static String names() {
    return Arrays.stream(values()).map(Risk::wireName).collect(Collectors.joining(", "));
  }
}
