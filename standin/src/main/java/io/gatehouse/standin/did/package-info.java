/** The did:key method for keys of P-256. */
@NullMarked
package io.gatehouse.standin.did;

import org.jspecify.annotations.NullMarked;
