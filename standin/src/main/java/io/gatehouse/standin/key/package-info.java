/**
 * Signing key of the authorization server, the JWTs signed with it, and the check that a token is
 * one of them.
 */
@NullMarked
package io.gatehouse.standin.key;

import org.jspecify.annotations.NullMarked;
