/** What floods, long work and redeploys leave behind, on a server that is a process of its own. */
@NullMarked
package io.gatehouse.it.floods;

import org.jspecify.annotations.NullMarked;
