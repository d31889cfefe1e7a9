package io.gatehouse.internal.session;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of using a refresh token, modelled by its consequences for that token and for every
 * copy of the session that has it (docs/decisions/0013-lost-answers.md).
 */
public final class RefreshOutcome {
  public enum Kind {
    /** The authorization server has issued new tokens. */
    RENEWED,
    /** The authorization server has issued new tokens to another node. */
    RENEWED_ELSEWHERE,
    /** The authorization server refuses: the session ends. */
    REFUSED,
    /** An unknown outcome: the refresh token may have been used, so it is not used again. */
    LOST,
    /** The authorization server has not used the refresh token, and may be called again later. */
    LATER,
    /** Another node is using the refresh token now. */
    ELSEWHERE
  }

  /** The longest time for which a refresh is put off: an hour of {@code Retry-After}, jittered. */
  public static final Duration LONGEST_PAUSE = Duration.ofMinutes(90);

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
   * Returns the outcome of a refresh token that the authorization server has not used.
   *
   * @param until the time from which the authorization server may be called again, in milliseconds
   *     since the epoch
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

  /** Returns the kind, as logs and metrics name it. */
  String code() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the new tokens of an outcome that has some. */
  public TokenSet tokens() {
    if (tokens == null) {
      throw new IllegalStateException("no tokens came of it");
    }
    return tokens;
  }

  /**
   * Returns the time from which the authorization server may be called again, for {@link
   * Kind#LATER}, in milliseconds since the epoch.
   */
  public long until() {
    return until;
  }

  @Override
  public String toString() {
    return "RefreshOutcome[" + kind + "]";
  }
}
