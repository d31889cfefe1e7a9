/** A proxy that rewrites the requests of a login, on every container. */
@NullMarked
package io.gatehouse.it.containers.rewriting;

import org.jspecify.annotations.NullMarked;
