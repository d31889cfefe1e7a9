/** The command, against servers that are right and servers that are not. */
@NullMarked
package io.gatehouse.it.cli;

import org.jspecify.annotations.NullMarked;
