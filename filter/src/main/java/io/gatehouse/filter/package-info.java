/**
 * The front door: the filter and the initializer, what starts them, how they judge a request, and
 * how the parts are put together.
 */
@NullMarked
package io.gatehouse.filter;

import org.jspecify.annotations.NullMarked;
