package io.gatehouse.internal.session;

/** The state of a session on this node, and the side that has ended it. */
enum EndState {
  LIVE,
  ENDED,
  /** The container has, perhaps only this node's copy. */
  ENDED_BY_CONTAINER
}
