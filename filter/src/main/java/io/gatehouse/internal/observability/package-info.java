/**
 * The audit log, rate-limited log messages, metrics and traces. Internal; applications import
 * {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.observability;

import org.jspecify.annotations.NullMarked;
