/** Containers with several applications at once, each a process on 127.0.0.1. */
@NullMarked
package io.gatehouse.it.servers.container;

import org.jspecify.annotations.NullMarked;
