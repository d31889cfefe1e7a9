/**
 * The traces that floods, long operation and redeployments leave in a server, which is a separate
 * process.
 */
@NullMarked
package io.gatehouse.it.floods;

import org.jspecify.annotations.NullMarked;
