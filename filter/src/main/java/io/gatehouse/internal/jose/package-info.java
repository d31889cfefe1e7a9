/**
 * Keys, sealing and signed JWTs. Only this package imports jose4j, and it never opens a socket.
 * Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.jose;

import org.jspecify.annotations.NullMarked;
