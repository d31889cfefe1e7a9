package io.gatehouse.internal.server;

/** The kinds of calls to the authorization server, by who causes them and who waits for them. */
public enum CallKind {
  /** A call that the page of a logged-in user waits for: a refresh or a logout. */
  SESSION(true),
  /** A refresh ahead of time; the user has a valid access token. */
  SESSION_AHEAD(false),
  /** The redemption of a code, which is lost if the call is not made soon. */
  LOGIN(true),
  /** A pushed request, which any visitor causes. */
  PUSH(false),
  /** The fetch of metadata or keys, of which {@link Fetched} makes one at a time. */
  DOCUMENT(false);

  private final boolean waits;

  CallKind(boolean waits) {
    this.waits = waits;
  }

  /** Returns whether a caller waits for a place instead of being refused at once. */
  boolean waits() {
    return waits;
  }
}
