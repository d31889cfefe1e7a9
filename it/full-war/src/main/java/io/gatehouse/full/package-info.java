/** An application that uses everything that Gatehouse offers beside servlets. */
@NullMarked
package io.gatehouse.full;

import org.jspecify.annotations.NullMarked;
