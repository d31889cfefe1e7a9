package io.gatehouse.internal.server;

import java.util.Arrays;
import java.util.Optional;

/** In which form the server's answer comes: {@code response_mode}. */
public enum ResponseMode {
  /** As parameters of the query (OAuth 2.0 Multiple Response Type Encoding Practices 2.1). */
  QUERY("query"),
  /** As a signed JWT, where the server's default for a code is: in the query (JARM 2.3.4). */
  JWT("jwt"),
  /** As a signed JWT in the query (JARM 2.3.1). */
  QUERY_JWT("query.jwt");

  private final String wireName;

  ResponseMode(String wireName) {
    this.wireName = wireName;
  }

  public static Optional<ResponseMode> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** The value of {@code response_mode}. */
  public String wireName() {
    return wireName;
  }

  /** Whether the answer is signed. */
  public boolean isSecured() {
    return this != QUERY;
  }
}
