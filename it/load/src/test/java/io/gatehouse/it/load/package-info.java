/** The cost of Gatehouse over HTTP, compared with other libraries for the same purpose. */
@NullMarked
package io.gatehouse.it.load;

import org.jspecify.annotations.NullMarked;
