/** Protected API that an application calls with its access token. */
@NullMarked
package io.gatehouse.standin.api;

import org.jspecify.annotations.NullMarked;
