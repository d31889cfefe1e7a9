/** The readiness check: reports whether the application is ready to log users in. */
@NullMarked
package io.gatehouse.health;

import org.jspecify.annotations.NullMarked;
