/** Holds the catalogue of security cases against the tests. */
@NullMarked
package io.gatehouse.it;

import org.jspecify.annotations.NullMarked;
