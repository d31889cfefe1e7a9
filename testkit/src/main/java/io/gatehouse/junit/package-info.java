/**
 * Tests of applications that use Gatehouse, without a wallet: {@link
 * io.gatehouse.junit.VerifierStandIn} on a test class starts a stand-in for the EUDIStack / DOME
 * Verifier, and a test controls the stand-in through {@link io.gatehouse.junit.Verifier}.
 */
@NullMarked
package io.gatehouse.junit;

import org.jspecify.annotations.NullMarked;
