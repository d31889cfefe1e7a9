/** Holds the catalogue of security cases against the tests. */
@NullMarked
package io.gatehouse.it.catalogue;

import org.jspecify.annotations.NullMarked;
