/** The command, against servers that are right and servers that are not. */
@NullMarked
package io.gatehouse.it;

import org.jspecify.annotations.NullMarked;
