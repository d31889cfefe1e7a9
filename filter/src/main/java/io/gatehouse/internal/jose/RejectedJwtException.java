package io.gatehouse.internal.jose;

/** Thrown if a JWT violates a rule; the message names the rule and never quotes the token. */
public final class RejectedJwtException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  public RejectedJwtException(String rule) {
    super(rule);
    this.rule = rule;
  }

  /** Returns the violated rule. */
  public String rule() {
    return rule;
  }
}
