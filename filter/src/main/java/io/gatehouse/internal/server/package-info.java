/**
 * Calls to the authorization server: HTTP within limits, and cached metadata and keys. Internal;
 * applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.server;

import org.jspecify.annotations.NullMarked;
