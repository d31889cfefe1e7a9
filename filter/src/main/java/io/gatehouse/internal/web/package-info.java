/**
 * Pages, problem details, redirects and headers: what all our responses have in common. Internal;
 * applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.web;

import org.jspecify.annotations.NullMarked;
