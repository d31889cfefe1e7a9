/**
 * The four endpoints at which sessions end: the application's logout form, the page after it, and
 * the two endpoints for the authorization server (OpenID Connect Back-Channel and Front-Channel
 * Logout). Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.logout;

import org.jspecify.annotations.NullMarked;
