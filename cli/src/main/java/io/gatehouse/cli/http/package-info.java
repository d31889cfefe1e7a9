/**
 * Sends single requests, by a library as the filter does, and over raw HTTP/1.1 and HTTP/2 where no
 * library leaves a request as it is.
 */
@NullMarked
package io.gatehouse.cli.http;

import org.jspecify.annotations.NullMarked;
