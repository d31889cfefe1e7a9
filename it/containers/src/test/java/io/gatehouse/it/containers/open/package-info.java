/** Sockets, streams, asynchronous requests and transfers on every container. */
@NullMarked
package io.gatehouse.it.containers.open;

import org.jspecify.annotations.NullMarked;
