/** Faults that a test asks for: of refreshes and of calls to the protected API. */
@NullMarked
package io.gatehouse.standin.trouble;

import org.jspecify.annotations.NullMarked;
