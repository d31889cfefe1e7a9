/**
 * The messages and rules of OAuth 2.1 and OpenID Connect, independent of the servlet API. Internal;
 * applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.protocol;

import org.jspecify.annotations.NullMarked;
