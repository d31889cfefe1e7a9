/** Control API under {@code /standin} by which tests read the state of the server and change it. */
@NullMarked
package io.gatehouse.standin.control;

import org.jspecify.annotations.NullMarked;
