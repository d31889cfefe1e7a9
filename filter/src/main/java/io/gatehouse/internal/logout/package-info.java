/**
 * The four endpoints at which sessions end: our own form, the page after it, and what the server
 * calls (OpenID Connect Back-Channel and Front-Channel Logout). Internal; applications import
 * {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.logout;

import org.jspecify.annotations.NullMarked;
