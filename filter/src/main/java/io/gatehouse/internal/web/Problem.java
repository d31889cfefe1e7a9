package io.gatehouse.internal.web;

import io.gatehouse.internal.server.Failure;
import java.util.Locale;

/** The problems that are reported to a user; each has a status and a text in the message bundle. */
public enum Problem {
  MISCONFIGURED(511, 500),
  INVALID_ANSWER(512, 502),
  UNAVAILABLE(513, 503),
  INVALID_REQUEST(521, 400),
  EXPIRED(522, 400),
  NOT_COMPLETED(523, 400),
  LOOP(524, 400),
  DENIED(531, 403),
  INSUFFICIENT(532, 403),
  LOGIN_REQUIRED(533, 401),
  FORBIDDEN(534, 403),
  ROLE_MISSING(535, 403),
  STEP_UP_NEEDED(536, 401);

  private final int number;
  private final int status;

  Problem(int number, int status) {
    this.number = number;
    this.status = status;
  }

  /** Returns the code in the log. */
  public String code() {
    return "GH" + number;
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
      case UNAVAILABLE, BUSY, ANSWER_LOST, FOREIGN_ANSWER -> UNAVAILABLE;
      case MISCONFIGURED, CLIENT_REFUSED -> MISCONFIGURED;
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
