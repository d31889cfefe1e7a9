/**
 * The path of a request, under all its names, and its requirements. Internal; applications import
 * {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.access;

import org.jspecify.annotations.NullMarked;
