package io.gatehouse.internal.protocol;

/** An ID token that passed every rule; only {@link IdTokenVerifier} makes one. Never printed. */
public final class IdToken {
  private final String compact;

  IdToken(String compact) {
    this.compact = compact;
  }

  /** The JWS in compact serialization, as it came. */
  public String compact() {
    return compact;
  }

  @Override
  public String toString() {
    return "IdToken[hidden]";
  }
}
