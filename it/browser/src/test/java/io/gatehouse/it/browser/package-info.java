/** The pages that users meet, and the journeys to them, in a real browser. */
@NullMarked
package io.gatehouse.it.browser;

import org.jspecify.annotations.NullMarked;
