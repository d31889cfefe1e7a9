package io.gatehouse.internal.protocol;

/**
 * An ID token that passed every rule; only {@link IdTokenVerifier} creates one. The string form
 * hides the token.
 */
public final class IdToken {
  private final String compact;

  IdToken(String compact) {
    this.compact = compact;
  }

  /** Returns the JWS in compact serialization, as received. */
  public String compact() {
    return compact;
  }

  @Override
  public String toString() {
    return "IdToken[hidden]";
  }
}
