/** What Gatehouse costs over HTTP, beside others that do the same. */
@NullMarked
package io.gatehouse.it;

import org.jspecify.annotations.NullMarked;
