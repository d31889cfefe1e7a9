/** The sample application: pages that use the logged-in user and the tokens, and no OAuth. */
@NullMarked
package io.gatehouse.sample;

import org.jspecify.annotations.NullMarked;
