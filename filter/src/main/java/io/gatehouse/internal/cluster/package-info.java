/**
 * State that the nodes of an application share: the sessions that have ended, and one refresh for
 * all. Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.cluster;

import org.jspecify.annotations.NullMarked;
