/** The servers of the tests and of the sample, each a separate process on loopback. */
@NullMarked
package io.gatehouse.it.servers;

import org.jspecify.annotations.NullMarked;
