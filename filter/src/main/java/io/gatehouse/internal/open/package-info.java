/** Everything that an application may have open for a user, and how each kind is closed. */
@NullMarked
package io.gatehouse.internal.open;

import org.jspecify.annotations.NullMarked;
