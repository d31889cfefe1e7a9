/** An application with Gatehouse that needs nothing but servlets, for tests on every server. */
@NullMarked
package io.gatehouse.bare;

import org.jspecify.annotations.NullMarked;
