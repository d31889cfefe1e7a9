/** Properties {@code standin.*} and the values that they consist of. */
@NullMarked
package io.gatehouse.standin.config;

import org.jspecify.annotations.NullMarked;
