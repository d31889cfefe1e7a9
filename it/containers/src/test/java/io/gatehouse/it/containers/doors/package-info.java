/** Tests of every door, on each container. */
@NullMarked
package io.gatehouse.it.containers.doors;

import org.jspecify.annotations.NullMarked;
