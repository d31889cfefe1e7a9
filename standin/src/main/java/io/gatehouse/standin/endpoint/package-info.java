/**
 * Endpoints of the Verifier: authorization, tokens, discovery, end of session, and the endpoints
 * that do not work in the Verifier either.
 */
@NullMarked
package io.gatehouse.standin.endpoint;

import org.jspecify.annotations.NullMarked;
