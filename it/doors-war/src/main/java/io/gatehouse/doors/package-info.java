/** An application with a real endpoint behind each door of a container. */
@NullMarked
package io.gatehouse.doors;

import org.jspecify.annotations.NullMarked;
