/** The command, against servers that answer correctly and servers that do not. */
@NullMarked
package io.gatehouse.it.cli;

import org.jspecify.annotations.NullMarked;
