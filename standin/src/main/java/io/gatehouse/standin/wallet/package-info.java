/** Wallet page, the people on it and the endpoint that receives their choice. */
@NullMarked
package io.gatehouse.standin.wallet;

import org.jspecify.annotations.NullMarked;
