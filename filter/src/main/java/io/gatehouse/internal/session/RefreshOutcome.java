package io.gatehouse.internal.session;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of the use of a refresh token. Modelled by what it means for that token and for every
 * copy of the session that has it (docs/decisions/0013-lost-answers.md).
 */
public final class RefreshOutcome {
  public enum Kind {
    /** The server has given new tokens. */
    RENEWED,
    /** The server has given another node new tokens. */
    RENEWED_ELSEWHERE,
    /** The server refuses: the session ends. */
    REFUSED,
    /** Whether the token was used up is not known, so it is not used again. */
    LOST,
    /** The server has not used it, and may be asked again later. */
    LATER,
    /** Another node is using it just now. */
    ELSEWHERE
  }

  private final Kind kind;
  private final @Nullable TokenSet tokens;
  private final long until;

  private RefreshOutcome(Kind kind, @Nullable TokenSet tokens, long until) {
    this.kind = kind;
    this.tokens = tokens;
    this.until = until;
  }

  static RefreshOutcome renewed(TokenSet tokens) {
    return new RefreshOutcome(Kind.RENEWED, tokens, 0);
  }

  public static RefreshOutcome renewedElsewhere(TokenSet tokens) {
    return new RefreshOutcome(Kind.RENEWED_ELSEWHERE, tokens, 0);
  }

  public static RefreshOutcome refused() {
    return new RefreshOutcome(Kind.REFUSED, null, 0);
  }

  public static RefreshOutcome lost() {
    return new RefreshOutcome(Kind.LOST, null, 0);
  }

  /**
   * The server has not used the token.
   *
   * @param until when the server may be asked again, in milliseconds since the epoch
   */
  public static RefreshOutcome later(long until) {
    return new RefreshOutcome(Kind.LATER, null, until);
  }

  public static RefreshOutcome elsewhere() {
    return new RefreshOutcome(Kind.ELSEWHERE, null, 0);
  }

  public Kind kind() {
    return kind;
  }

  /** Its kind as logs and metrics name it. */
  String code() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The new tokens, if there are any. */
  public TokenSet tokens() {
    if (tokens == null) {
      throw new IllegalStateException("no tokens came of it");
    }
    return tokens;
  }

  /** When the server may be asked again, if it is {@link Kind#LATER}. */
  public long until() {
    return until;
  }

  @Override
  public String toString() {
    return "RefreshOutcome[" + kind + "]";
  }
}
