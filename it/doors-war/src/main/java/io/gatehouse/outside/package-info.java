/** An application without a guard, which reaches into guarded ones. */
@NullMarked
package io.gatehouse.outside;

import org.jspecify.annotations.NullMarked;
