package io.gatehouse.internal.server;

import java.util.Arrays;
import java.util.Optional;

/** The form of the authorization response: {@code response_mode}. */
public enum ResponseMode {
  /** Parameters of the query (OAuth 2.0 Multiple Response Type Encoding Practices 2.1). */
  QUERY("query"),
  /** A signed JWT, in the default place for a code: the query (JARM 2.3.4). */
  JWT("jwt"),
  /** A signed JWT in the query (JARM 2.3.1). */
  QUERY_JWT("query.jwt");

  private final String wireName;

  ResponseMode(String wireName) {
    this.wireName = wireName;
  }

  public static Optional<ResponseMode> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** Returns the value of {@code response_mode}. */
  public String wireName() {
    return wireName;
  }

  /** Returns whether the response is signed. */
  public boolean isSecured() {
    return this != QUERY;
  }
}
