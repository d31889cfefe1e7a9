/** The command without a server. */
@NullMarked
package io.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
