/** Endpoints that stay open: sockets, streams, asynchronous requests and transfers. */
@NullMarked
package io.gatehouse.doors.open;

import org.jspecify.annotations.NullMarked;
