/** What Gatehouse costs over HTTP, beside others that do the same. */
@NullMarked
package io.gatehouse.it.load;

import org.jspecify.annotations.NullMarked;
