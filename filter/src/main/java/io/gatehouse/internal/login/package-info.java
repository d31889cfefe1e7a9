/**
 * The login: the redirect to the authorization server, the request object that the server fetches,
 * the cookie of the browser, the callback, and the published keys. Internal; applications import
 * {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.login;

import org.jspecify.annotations.NullMarked;
