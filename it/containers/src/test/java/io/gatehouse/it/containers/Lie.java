package io.gatehouse.it.containers;

import io.gatehouse.it.servers.JwtDraft;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.RawAnswer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An invalid answer of the authorization server, and the expected refusal of the login.
 *
 * @param name for the report
 * @param told makes the server lie
 * @param reason a part of the line in the log
 * @param slow whether the answer takes until the deadline of a call
 */
record Lie(String name, Consumer<LyingServer> told, int status, String reason, boolean slow) {
  /** An ID token that breaks a rule. */
  static Lie idToken(String name, Function<JwtDraft, String> made, String reason) {
    return new Lie(name, it -> it.idToken(made), 502, "invalid-answer: ID token: " + reason, false);
  }

  /** An ID token with a valid signature that breaks a rule. */
  static Lie claims(String name, UnaryOperator<JwtDraft> change, String reason) {
    return idToken(name, it -> change.apply(it).signed(), reason);
  }

  /** An invalid answer of the token endpoint. */
  static Lie token(String name, Function<String, RawAnswer> made, int status, String reason) {
    return new Lie(name, it -> it.token(made), status, reason, false);
  }

  /** The valid answer of the token endpoint, with another text. */
  static Lie text(String name, UnaryOperator<String> change, String reason) {
    return new Lie(name, it -> it.tokenText(change), 502, "invalid-answer: " + reason, false);
  }

  Lie untilTheDeadline() {
    return new Lie(name, told, status, reason, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
