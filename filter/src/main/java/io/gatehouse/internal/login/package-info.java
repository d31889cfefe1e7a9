/**
 * The way into an application: the redirect to the server, the request object that it fetches, the
 * cookie that waits for the browser, the callback, and the keys that we publish. Internal;
 * applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.login;

import org.jspecify.annotations.NullMarked;
