package io.gatehouse.internal.jose;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The supported content encryption algorithms (RFC 7518 section 5.1). */
public enum JweEncryption {
  A128CBC_HS256("A128CBC-HS256"),
  A256CBC_HS512("A256CBC-HS512"),
  A128GCM("A128GCM"),
  A256GCM("A256GCM");

  private final String wireName;

  JweEncryption(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the value of the {@code enc} header. */
  public String wireName() {
    return wireName;
  }

  /** Returns the algorithm with that {@code enc} value, in exactly that spelling. */
  public static Optional<JweEncryption> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** Returns all names, for a message. */
  public static String names() {
    return Arrays.stream(values()).map(JweEncryption::wireName).collect(Collectors.joining(", "));
  }
}
