/** Tests of every door, on each container. */
@NullMarked
package io.gatehouse.it;

import org.jspecify.annotations.NullMarked;
