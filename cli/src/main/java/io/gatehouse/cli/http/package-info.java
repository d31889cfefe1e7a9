/**
 * Sends single requests: through a library as the filter does, and over raw HTTP/1.1 and HTTP/2
 * where every library would rewrite the request.
 */
@NullMarked
package io.gatehouse.cli.http;

import org.jspecify.annotations.NullMarked;
