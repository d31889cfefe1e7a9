/** What an application imports: its user and its tokens. Everything else is internal. */
@NullMarked
package io.gatehouse;

import org.jspecify.annotations.NullMarked;
