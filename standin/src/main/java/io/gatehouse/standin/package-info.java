/** A stand-in for the Verifier, to test against; see the README of this module. */
@NullMarked
package io.gatehouse.standin;

import org.jspecify.annotations.NullMarked;
