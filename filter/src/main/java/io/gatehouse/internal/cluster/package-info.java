/**
 * State that the nodes of an application share: the ended sessions, and the refresh of tokens by
 * one node. Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.cluster;

import org.jspecify.annotations.NullMarked;
