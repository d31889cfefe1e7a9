/**
 * Control API under {@code /standin}, through which tests read and change the state of the
 * stand-in.
 */
@NullMarked
package io.gatehouse.standin.control;

import org.jspecify.annotations.NullMarked;
