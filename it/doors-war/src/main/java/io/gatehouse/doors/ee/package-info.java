/** Endpoints for servers of Jakarta EE only. */
@NullMarked
package io.gatehouse.doors.ee;

import org.jspecify.annotations.NullMarked;
