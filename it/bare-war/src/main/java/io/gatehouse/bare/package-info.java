/** An application with Gatehouse on a server that has neither CDI nor Jakarta REST. */
@NullMarked
package io.gatehouse.bare;

import org.jspecify.annotations.NullMarked;
