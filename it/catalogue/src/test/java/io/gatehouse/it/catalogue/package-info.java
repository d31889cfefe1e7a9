/** Compares the catalogue of security cases with the tests. */
@NullMarked
package io.gatehouse.it.catalogue;

import org.jspecify.annotations.NullMarked;
