/**
 * The tokens of a user in the HTTP session: the user and roles, their refresh, their end. Internal;
 * applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.session;

import org.jspecify.annotations.NullMarked;
