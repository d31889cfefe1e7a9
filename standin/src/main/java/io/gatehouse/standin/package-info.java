/**
 * Program and wiring of a stand-in for the Verifier, for tests; see the README of this module. This
 * package uses all others, and no other package uses it.
 */
@NullMarked
package io.gatehouse.standin;

import org.jspecify.annotations.NullMarked;
