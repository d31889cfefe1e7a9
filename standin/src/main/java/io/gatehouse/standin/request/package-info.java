/** Request objects (RFC 9101): fetched, verified by the key of the client, or refused. */
@NullMarked
package io.gatehouse.standin.request;

import org.jspecify.annotations.NullMarked;
