package io.gatehouse.internal.web;

import io.gatehouse.internal.server.Failure;
import java.util.Locale;

/** The problems that are reported to a user; each has a status and a text in the message bundle. */
public enum Problem {
  DENIED(403),
  INSUFFICIENT(403),
  LOGIN_REQUIRED(401),
  NOT_COMPLETED(400),
  INVALID_REQUEST(400),
  EXPIRED(400),
  LOOP(400),
  INVALID_ANSWER(502),
  UNAVAILABLE(503),
  MISCONFIGURED(500),
  FORBIDDEN(403),
  ROLE_MISSING(403),
  STEP_UP_NEEDED(401);

  private final int status;

  Problem(int status) {
    this.status = status;
  }

  public static Problem of(Failure failure) {
    return switch (failure) {
      case DENIED -> DENIED;
      case INSUFFICIENT -> INSUFFICIENT;
      case LOGIN_REQUIRED -> LOGIN_REQUIRED;
      case GRANT_REFUSED -> NOT_COMPLETED;
      case INVALID_REQUEST -> INVALID_REQUEST;
      case EXPIRED -> EXPIRED;
      case INVALID_ANSWER -> INVALID_ANSWER;
      case UNAVAILABLE, BUSY, ANSWER_LOST -> UNAVAILABLE;
      case MISCONFIGURED -> MISCONFIGURED;
    };
  }

  int status() {
    return status;
  }

  /** Returns the name in the message bundle and in problem+json. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether an operator of the application or of the authorization server has to act. */
  boolean isForOperators() {
    return this == MISCONFIGURED || this == INVALID_ANSWER || this == UNAVAILABLE;
  }
}
