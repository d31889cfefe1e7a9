/**
 * Keys, sealing and signed JWTs: the only package that imports jose4j, and one that never opens a
 * socket. Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.jose;

import org.jspecify.annotations.NullMarked;
