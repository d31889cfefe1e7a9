package io.gatehouse.standin.trouble;

import java.util.Arrays;

/** Faults of a refresh; the Verifier itself offers no such faults on request. */
public enum RefreshTrouble {
  NONE("none"),
  INVALID_GRANT("invalid-grant"),
  BAD_REQUEST("bad-request"),
  UNAUTHORIZED("unauthorized"),
  FORBIDDEN("forbidden"),
  TOO_MANY("too-many"),
  UNAVAILABLE("unavailable"),
  HTML("html"),
  EMPTY("empty"),
  HUGE("huge"),
  SLOW("slow"),
  SILENT("silent"),
  RESET_AFTER("reset-after"),
  BAD_ID_TOKEN_SIGNATURE("bad-id-token-signature"),
  OTHER_SUBJECT("other-subject"),
  OTHER_ISSUER("other-issuer"),
  NO_REFRESH_TOKEN("no-refresh-token"),
  NO_ID_TOKEN("no-id-token");

  private final String kind;

  RefreshTrouble(String kind) {
    this.kind = kind;
  }

  public static RefreshTrouble of(String kind) {
    return Arrays.stream(values())
        .filter(trouble -> trouble.kind.equals(kind))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("kind is none of refresh trouble"));
  }
}
