/** Clients of connections that stay open. */
@NullMarked
package io.gatehouse.it.servers.client;

import org.jspecify.annotations.NullMarked;
