/** Checks of strict mode: rules of the RFCs that the Verifier itself does not check. */
@NullMarked
package io.gatehouse.standin.strict;

import org.jspecify.annotations.NullMarked;
