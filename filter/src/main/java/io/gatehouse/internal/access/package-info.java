/**
 * The path of a request, in all its names, and what it asks of a user. Internal; applications
 * import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.access;

import org.jspecify.annotations.NullMarked;
