/**
 * Program and wiring of a stand-in for the Verifier, to test against; see the README of this
 * module. This package uses all others and no other uses it.
 */
@NullMarked
package io.gatehouse.standin;

import org.jspecify.annotations.NullMarked;
