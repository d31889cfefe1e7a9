/**
 * Reads the properties into one checked {@link io.gatehouse.internal.config.Configuration}.
 * Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.config;

import org.jspecify.annotations.NullMarked;
