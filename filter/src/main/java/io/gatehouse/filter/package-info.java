/**
 * The servlet layer: the filter, one servlet for each path that we answer, the session, the cookies
 * and the configuration.
 */
@NullMarked
package io.gatehouse.filter;

import org.jspecify.annotations.NullMarked;
