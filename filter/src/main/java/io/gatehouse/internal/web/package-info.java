/**
 * Pages, problem details, redirects and headers that all responses share. Internal; applications
 * import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.web;

import org.jspecify.annotations.NullMarked;
