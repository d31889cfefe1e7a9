package io.gatehouse.internal.jose;

/** A JWT that breaks a rule; the message names the rule and never quotes the token. */
public final class RejectedJwtException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  public RejectedJwtException(String rule) {
    super(rule);
    this.rule = rule;
  }

  /** The rule that was broken. */
  public String rule() {
    return rule;
  }
}
