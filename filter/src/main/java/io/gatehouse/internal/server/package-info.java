/**
 * The calls to the authorization server: HTTP within limits, metadata and keys, each kept for its
 * time. Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.server;

import org.jspecify.annotations.NullMarked;
