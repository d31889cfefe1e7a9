/** Endpoints for Jakarta EE containers only. */
@NullMarked
package io.gatehouse.doors.ee;

import org.jspecify.annotations.NullMarked;
